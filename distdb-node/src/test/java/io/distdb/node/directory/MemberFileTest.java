// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.directory.MemberIdentity.Begins;
import io.distdb.testkit.disk.SimulatedDisk;
import java.util.Optional;
import org.junit.jupiter.api.Test;

final class MemberFileTest {
  private final Disk disk = new SimulatedDisk(1);

  @Test
  void whatIsKeptIsReadAgain() {
    assertThat(MemberFile.read(disk)).isEmpty();
    MemberIdentity first = new MemberIdentity("a", "63f", 1, Optional.empty(), Begins.NOT);
    for (MemberIdentity identity :
        new MemberIdentity[] {
          first,
          first.withIncarnation(Long.MAX_VALUE),
          first.in("a-63f", Begins.ALONE),
          first.in("b-1", Begins.WITH_ALL)
        }) {
      MemberFile.write(disk, identity);
      assertThat(MemberFile.read(disk)).contains(identity);
    }
  }

  @Test
  void damageAndNewerFormatsAreRefusedByName() {
    MemberFile.write(
        disk, new MemberIdentity("a", "63f", 1, Optional.of("a-63f"), Begins.WITH_ALL));
    String text = DirectoryFormat.content(disk, MemberFile.FILE);
    for (int at = 0; at < text.length(); at++) {
      char other = text.charAt(at) == 'x' ? 'y' : 'x';
      rewrite(text.substring(0, at) + other + text.substring(at + 1));
      assertRefused(ErrorCode.DATA_CORRUPTED, "MEMBER is damaged");
    }
    rewrite(text.substring(0, text.length() / 2));
    assertRefused(ErrorCode.DATA_CORRUPTED, "MEMBER is damaged");
    String newer = text.substring(0, text.lastIndexOf("crc32c")).replace("format 1", "format 2");
    rewrite(newer + DatabaseIdentity.checksum(newer) + "\n");
    assertRefused(ErrorCode.INCOMPATIBLE_FORMAT, "has format 2");
  }

  private void rewrite(String text) {
    DirectoryFormat.write(disk, MemberFile.FILE, MemberFile.TEMPORARY, text);
  }

  private void assertRefused(ErrorCode code, String part) {
    assertThatThrownBy(() -> MemberFile.read(disk))
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}

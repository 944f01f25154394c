// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.directory.DirectoryLayout.JournalPlace;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.CrashPoints;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

class DatabaseIdentityTest {
  private static DataDirectory open(Disk disk, String name) {
    return DataDirectory.open(disk, new DirectoryLayout("memory", Optional.empty(), name), "test");
  }

  private static String identity(Disk disk, String name) {
    try (DataDirectory directory = open(disk, name)) {
      return directory.identity();
    }
  }

  @Test
  void aNameIsGivenWhenItIsFirstAskedForAndStays() {
    SimulatedDisk disk = new SimulatedDisk(1);
    open(disk, "first").close();
    assertThat(disk.exists("DATABASE")).isFalse();
    assertThat(identity(disk, "second")).isEqualTo("second");
    assertThat(identity(disk, "third")).isEqualTo("second");
  }

  @Test
  void aJournalOfItsOwnHasTheSameName() {
    SimulatedDisk disk = new SimulatedDisk(1);
    disk.createDirectories("data");
    disk.createDirectories("wal");
    DirectoryLayout layout =
        new DirectoryLayout(
            "memory", Optional.of(new JournalPlace(disk.directory("wal"), "/wal")), "shop");
    try (DataDirectory directory = DataDirectory.open(disk.directory("data"), layout, "test")) {
      assertThat(directory.identity()).isEqualTo("shop");
    }
  }

  @Test
  void theBytesAreThoseOfThePage() {
    SimulatedDisk disk = new SimulatedDisk(1);
    identity(disk, "6389a1c0d2e40");
    assertThat(DirectoryFormat.content(disk, "DATABASE"))
        .isEqualTo("DistDB database identity\nformat 1\ndatabase 6389a1c0d2e40\ncrc32c 3ebdcd1a\n");
  }

  @Test
  void everyFlippedBitIsFoundAndANewerFormatNamed() {
    SimulatedDisk disk = new SimulatedDisk(1);
    identity(disk, "shop");
    byte[] whole = DirectoryFormat.content(disk, "DATABASE").getBytes(StandardCharsets.UTF_8);
    try (DataDirectory directory = open(disk, "other")) {
      for (int bit = 0; bit < whole.length * 8; bit++) {
        byte[] flipped = whole.clone();
        flipped[bit / 8] ^= (byte) (1 << (bit % 8));
        overwrite(disk, flipped);
        assertThat(catchThrowableOfType(DistDbException.class, directory::identity))
            .as("bit %d", bit)
            .hasMessageContaining("DATABASE");
      }
      disk.delete("DATABASE");
      String newer = "DistDB database identity\nformat 2\nwhat is new\n";
      DirectoryFormat.write(disk, "DATABASE", "t", newer + DatabaseIdentity.checksum(newer) + "\n");
      DistDbException refusal = catchThrowableOfType(DistDbException.class, directory::identity);
      assertThat(refusal.code()).isEqualTo(ErrorCode.INCOMPATIBLE_FORMAT);
      assertThat(refusal).hasMessageContainingAll("format 2", "up to 1");
    }
  }

  private static void overwrite(Disk disk, byte[] content) {
    try (var file = disk.create("DATABASE")) {
      file.write(0, ByteBuffer.wrap(content));
    }
  }

  @Test
  void noCrashChangesANameThatWasTold() {
    CrashPoints.run(
        3,
        List.of(CrashMode.LOST, CrashMode.TORN, CrashMode.REORDERED, CrashMode.KEPT),
        ArrayList<String>::new,
        (disk, told) -> told.add(identity(disk, "first")),
        (disk, told) -> {
          String name = identity(disk, "second");
          assertThat(told.isEmpty() ? name : told.getFirst()).isEqualTo(name);
        });
  }
}

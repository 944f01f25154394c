// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.disk.Disk;
import io.distdb.api.time.Clock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Each has a directory of its own, and what the dead left goes. */
final class TemporaryDirectoryTest {
  @TempDir private Path parent;

  private TemporaryDirectory directory() {
    return new TemporaryDirectory(parent, Clock.system());
  }

  @Test
  void nothingIsMadeBeforeItIsAskedFor() {
    directory().close();
    assertThat(parent).isEmptyDirectory();
  }

  @Test
  void isTheOwnersAloneAndGoesWithItsFiles() throws IOException {
    TemporaryDirectory directory = directory();
    Disk disk = directory.disk();
    disk.create("1.tmp").close();
    Path path = disk.localPath().orElseThrow();
    assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(path)))
        .isEqualTo("rwx------");
    directory.close();
    directory.close();
    assertThat(parent).isEmptyDirectory();
  }

  /** A lock file that nobody has locked is what a killed process leaves. */
  @Test
  void clearsUpAfterTheDeadButNotTheLivingOrStrangers() throws IOException {
    TemporaryDirectory living = directory();
    living.disk().create("1.tmp").close();
    Path dead = Files.createDirectory(parent.resolve("distdb-temp-dead"));
    Files.createFile(dead.resolve(DirectoryLock.FILE_NAME));
    Files.createFile(dead.resolve("7.tmp"));
    Path stranger = Files.createDirectory(parent.resolve("distdb-temp-stranger"));
    Files.createFile(stranger.resolve("file"));
    TemporaryDirectory next = directory();
    next.disk();
    assertThat(dead).doesNotExist();
    assertThat(stranger.resolve("file")).exists();
    assertThat(living.disk().list("")).contains("1.tmp");
    next.close();
    assertThat(living.disk().list("")).contains("1.tmp");
    living.close();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What only the real file system shows; the shared contract is in the Disk TCK. */
class FileDiskTest {
  @TempDir Path directory;

  @Test
  void anInterruptedThreadGoesOnWritingForcingAndReading() {
    try (DiskFile file = new FileDisk(directory).create("file")) {
      Thread.currentThread().interrupt();
      file.write(0, ByteBuffer.wrap(new byte[] {1, 2, 3}));
      file.force();
      ByteBuffer target = ByteBuffer.allocate(3);
      assertThat(file.read(0, target)).isEqualTo(3);
      assertThat(target.array()).containsExactly(1, 2, 3);
      assertThat(Thread.interrupted()).isTrue();
      file.write(3, ByteBuffer.wrap(new byte[] {4}));
      assertThat(file.size()).isEqualTo(4);
    }
  }

  @Test
  void anInterruptedThreadForcesADirectory() {
    Thread.currentThread().interrupt();
    new FileDisk(directory).forceDirectory("");
    assertThat(Thread.interrupted()).isTrue();
  }

  @Test
  void heapBuffersLargerThanASliceAreWrittenAndReadWhole() {
    byte[] content = new byte[(1 << 20) + 7];
    for (int i = 0; i < content.length; i++) {
      content[i] = (byte) (i * 31 >>> 3);
    }
    try (DiskFile file = new FileDisk(directory).create("file")) {
      file.write(5, ByteBuffer.wrap(content));
      ByteBuffer target = ByteBuffer.allocate(content.length + 10);
      assertThat(file.read(5, target)).isEqualTo(content.length);
      assertThat(target.flip()).isEqualTo(ByteBuffer.wrap(content));
    }
  }

  @Test
  void aFullDeviceIsDiskFullAndNamesTheFile() {
    Path full = Path.of("/dev/full");
    assumeTrue(Files.exists(full), "needs /dev/full");
    try (DiskFile file = new FileDisk(Path.of("/dev")).open("full")) {
      DistDbException error =
          catchThrowableOfType(
              DistDbException.class, () -> file.write(0, ByteBuffer.wrap(new byte[10])));
      assertThat(error.code()).isEqualTo(ErrorCode.DISK_FULL);
      assertThat(error).hasMessageContaining("/dev/full");
    }
  }

  @Test
  void aPlaceWhereNothingMayBeWrittenIsAnIoErrorWithARemedy() {
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> new FileDisk(Path.of("/proc")).create("nothing"));
    assertThat(error.code()).isIn(ErrorCode.IO_ERROR, ErrorCode.UNDEFINED_FILE);
    assertThat(error).hasMessageContaining("/proc/nothing");
  }

  /** Data on a full disk can be opened; only the holder's name finds no room. */
  @Test
  void fullDiskIsLockedByANamelessHolder() throws Exception {
    assumeTrue(Files.exists(Path.of("/dev/full")));
    Path lock = directory.resolve("distdb.lock");
    Files.createSymbolicLink(lock, Path.of("/dev/full"));
    Disk disk = new FileDisk(directory);
    assertThat(disk.lock("a test")).isEmpty();
    assertThat(new FileDisk(directory).lock("another")).isPresent();
    disk.unlock();
    Files.delete(lock);
    assertThat(disk.lock("a test")).isEmpty();
    disk.unlock();
  }

  @Test
  void aFileInTheWayOfADirectoryIsNamed() throws IOException {
    Files.writeString(directory.resolve("data"), "a file");
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> new FileDisk(directory.resolve("data")).lock("a test"));
    assertThat(error).hasMessageContaining("there is a file of that name");
  }

  @Test
  void theSecondHolderInOneProcessIsToldOfTheFirst() throws IOException {
    FileDisk first = new FileDisk(directory);
    assertThat(first.lock("first holder")).isEmpty();
    Path link =
        Files.createSymbolicLink(directory.resolveSibling("link-" + System.nanoTime()), directory);
    FileDisk second = new FileDisk(link);
    Disk.Refusal refusal = second.lock("second holder").orElseThrow();
    assertThat(refusal.holder())
        .contains("first holder")
        .contains("process " + ProcessHandle.current().pid())
        .contains("since 20");
    second.unlock();
    assertThat(new FileDisk(directory).lock("third")).isPresent();
    first.unlock();
    assertThat(second.lock("second holder")).isEmpty();
    second.unlock();
    Files.delete(link);
  }

  @Test
  void anotherProcessIsRefusedAndToldOfThisOne() throws Exception {
    FileDisk disk = new FileDisk(directory);
    assertThat(disk.lock("the test")).isEmpty();
    assertThat(lockInAnotherProcess()).contains("the test").contains("process ");
    disk.unlock();
    assertThat(lockInAnotherProcess()).isEqualTo("taken");
  }

  private String lockInAnotherProcess() throws Exception {
    Process other =
        new ProcessBuilder(
                ProcessHandle.current().info().command().orElseThrow(),
                "-cp",
                System.getProperty("java.class.path"),
                LockProgram.class.getName(),
                directory.toString())
            .start();
    String answer = new String(other.getInputStream().readAllBytes()).strip();
    assertThat(other.waitFor(120, TimeUnit.SECONDS)).isTrue();
    return answer;
  }

  /** Tries to lock the directory it is given and prints what came of it. */
  static final class LockProgram {
    public static void main(String[] arguments) {
      FileDisk disk = new FileDisk(Path.of(arguments[0]));
      System.out.println(disk.lock("other").map(Disk.Refusal::holder).orElse("taken"));
    }
  }

  @Test
  void namesThatLeadOutOfTheTreeAreRefused() {
    DistDbException error =
        catchThrowableOfType(
            DistDbException.class, () -> new FileDisk(directory).create("../outside"));
    assertThat(error.code()).isEqualTo(ErrorCode.IO_ERROR);
    assertThat(directory.resolveSibling("outside")).doesNotExist();
  }
}

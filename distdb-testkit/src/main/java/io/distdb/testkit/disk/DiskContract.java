// SPDX-License-Identifier: MIT
package io.distdb.testkit.disk;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

/** What every {@link Disk} keeps. Extend it in the adapter's tests. */
public abstract class DiskContract {
  /** An empty disk. */
  protected abstract Disk newDisk();

  /** The same tree, as another process sees it. */
  protected abstract Disk sameTree(Disk disk);

  @Test
  void readsBackWhatWasWritten() {
    Disk disk = newDisk();
    try (DiskFile file = disk.create("a")) {
      file.write(0, bytes("hello"));
      file.write(5, bytes(" world"));
      file.write(0, bytes("J"));
      file.force();
      assertThat(file.size()).isEqualTo(11);
      assertThat(file.name()).isEqualTo("a");
    }
    assertThat(content(disk, "a")).isEqualTo("Jello world");
  }

  @Test
  void writeConsumesTheSourceAndReadFillsTheTarget() {
    try (DiskFile file = newDisk().create("a")) {
      ByteBuffer source = bytes("0123456789").position(2).limit(8);
      file.write(0, source);
      assertThat(source.hasRemaining()).isFalse();
      ByteBuffer target = ByteBuffer.allocate(10).position(3).limit(6);
      assertThat(file.read(1, target)).isEqualTo(3);
      assertThat(target.position()).isEqualTo(6);
      assertThat(new String(target.array(), 3, 3, StandardCharsets.UTF_8)).isEqualTo("345");
    }
  }

  @Test
  void directBuffersWork() {
    try (DiskFile file = newDisk().create("a")) {
      ByteBuffer source = ByteBuffer.allocateDirect(10_000);
      for (int i = 0; i < 10_000; i++) {
        source.put((byte) (i * 7));
      }
      file.write(123, source.flip());
      ByteBuffer target = ByteBuffer.allocateDirect(10_000);
      assertThat(file.read(123, target)).isEqualTo(10_000);
      assertThat(target.flip()).isEqualTo(source.flip());
    }
  }

  @Test
  void readStopsAtTheEnd() {
    try (DiskFile file = newDisk().create("a")) {
      file.write(0, bytes("abc"));
      assertThat(file.read(1, ByteBuffer.allocate(10))).isEqualTo(2);
      assertThat(file.read(3, ByteBuffer.allocate(10))).isZero();
      assertThat(file.read(1_000, ByteBuffer.allocate(10))).isZero();
    }
  }

  @Test
  void writeBehindTheEndLeavesZeros() {
    try (DiskFile file = newDisk().create("a")) {
      file.write(9_000, bytes("x"));
      assertThat(file.size()).isEqualTo(9_001);
      ByteBuffer target = ByteBuffer.allocate(9_000);
      assertThat(file.read(0, target)).isEqualTo(9_000);
      assertThat(target.array()).containsOnly(0);
    }
  }

  @Test
  void truncateCutsAndGrowsWithZeros() {
    try (DiskFile file = newDisk().create("a")) {
      file.write(0, bytes("abcdefgh"));
      file.truncate(3);
      assertThat(file.size()).isEqualTo(3);
      file.truncate(6);
      assertThat(file.size()).isEqualTo(6);
      ByteBuffer target = ByteBuffer.allocate(6);
      file.read(0, target);
      assertThat(target.array()).isEqualTo(new byte[] {'a', 'b', 'c', 0, 0, 0});
    }
  }

  @Test
  void createEmptiesAnExistingFile() {
    Disk disk = newDisk();
    write(disk, "a", "old content");
    try (DiskFile file = disk.create("a")) {
      assertThat(file.size()).isZero();
    }
  }

  @Test
  void openDemandsAnExistingFile() {
    Disk disk = newDisk();
    assertThatExceptionOfType(DistDbException.class)
        .isThrownBy(() -> disk.open("missing"))
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.UNDEFINED_FILE))
        .withMessageContaining("missing");
  }

  @Test
  void createDemandsItsDirectory() {
    Disk disk = newDisk();
    assertThatExceptionOfType(DistDbException.class)
        .isThrownBy(() -> disk.create("nowhere/a"))
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.UNDEFINED_FILE));
  }

  @Test
  void renameReplacesAndKeepsHandles() {
    Disk disk = newDisk();
    write(disk, "b", "old");
    try (DiskFile file = disk.create("a")) {
      file.write(0, bytes("new"));
      disk.rename("a", "b");
      disk.forceDirectory("");
      file.write(3, bytes("er"));
    }
    assertThat(disk.exists("a")).isFalse();
    assertThat(content(disk, "b")).isEqualTo("newer");
  }

  @Test
  void renameDemandsItsSource() {
    Disk disk = newDisk();
    assertThatExceptionOfType(DistDbException.class)
        .isThrownBy(() -> disk.rename("missing", "b"))
        .satisfies(error -> assertThat(error.code()).isEqualTo(ErrorCode.UNDEFINED_FILE));
  }

  @Test
  void deleteTellsWhetherThereWasAFile() {
    Disk disk = newDisk();
    write(disk, "a", "x");
    assertThat(disk.delete("a")).isTrue();
    assertThat(disk.delete("a")).isFalse();
    assertThat(disk.exists("a")).isFalse();
  }

  @Test
  void listIsPlainAndSorted() {
    Disk disk = newDisk();
    disk.createDirectories("d/e");
    for (String name : Arrays.asList("d/b", "d/a", "d/c", "d/e/x", "z")) {
      write(disk, name, "x");
    }
    assertThat(disk.list("d")).containsExactly("a", "b", "c", "e");
    assertThat(disk.list("")).containsExactly("d", "z");
    assertThat(disk.list("missing")).isEmpty();
    assertThat(disk.exists("d")).isTrue();
  }

  @Test
  void createDirectoriesMayBeRepeated() {
    Disk disk = newDisk();
    disk.createDirectories("x/y/z");
    write(disk, "x/y/z/a", "1");
    disk.createDirectories("x/y/z");
    disk.forceDirectory("x/y/z");
    assertThat(content(disk, "x/y/z/a")).isEqualTo("1");
  }

  @Test
  void directoryIsADiskOfItsOwn() {
    Disk disk = newDisk();
    disk.createDirectories("sub");
    Disk below = disk.directory("sub");
    write(below, "a", "1");
    below.forceDirectory("");
    assertThat(content(disk, "sub/a")).isEqualTo("1");
    assertThat(below.list("")).containsExactly("a");
    assertThat(below.location()).contains("sub");
  }

  @Test
  void aLockKeepsOthersOutAndNamesItsHolder() {
    Disk disk = newDisk();
    Disk other = sameTree(disk);
    assertThat(disk.lock("first")).isEmpty();
    assertThat(other.lock("second"))
        .hasValueSatisfying(refusal -> assertThat(refusal.holder()).contains("first"));
    other.unlock();
    assertThat(other.lock("third")).isPresent();
    disk.unlock();
    assertThat(other.lock("fourth")).isEmpty();
    other.unlock();
    other.unlock();
  }

  @Test
  void interruptClosesNoFile() {
    try (DiskFile file = newDisk().create("a")) {
      Thread.currentThread().interrupt();
      try {
        file.write(0, bytes("abc"));
        file.force();
        assertThat(file.read(0, ByteBuffer.allocate(3))).isEqualTo(3);
      } finally {
        assertThat(Thread.interrupted()).isTrue();
      }
      file.write(3, bytes("def"));
      assertThat(file.size()).isEqualTo(6);
    }
  }

  @Test
  void roomIsReported() {
    assertThat(newDisk().usableBytes()).isPositive();
  }

  private static void write(Disk disk, String name, String text) {
    try (DiskFile file = disk.create(name)) {
      file.write(0, bytes(text));
    }
  }

  private static String content(Disk disk, String name) {
    try (DiskFile file = disk.open(name)) {
      ByteBuffer target = ByteBuffer.allocate(Math.toIntExact(file.size()));
      file.read(0, target);
      return new String(target.array(), StandardCharsets.UTF_8);
    }
  }

  private static ByteBuffer bytes(String text) {
    return ByteBuffer.wrap(text.getBytes(StandardCharsets.UTF_8));
  }
}

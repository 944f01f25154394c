// SPDX-License-Identifier: MIT
package io.distdb.faults;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;

/** An ext4 file system in a file, which can be made to break down; needs the right to mount. */
final class LoopDisk implements AutoCloseable {
  private static final long BYTES = 160L << 20;

  private final Path image;
  private final Path mount;
  private String device;

  private LoopDisk(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  /** Why there can be none here, or null. */
  static String hindrance(Path image) {
    try {
      make(image).close();
      return null;
    } catch (IllegalStateException refused) {
      return "no ext4 in a file can be mounted here: " + refused.getMessage();
    }
  }

  static LoopDisk make(Path image) {
    try (RandomAccessFile file = new RandomAccessFile(image.toFile(), "rw")) {
      file.setLength(BYTES);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
    SmallDisk.run(List.of("mkfs.ext4", "-q", "-F", image.toString()));
    LoopDisk disk = new LoopDisk(image, SmallDisk.newDirectory());
    disk.mount();
    return disk;
  }

  private void mount() {
    device = SmallDisk.run(List.of("losetup", "--find", "--show", image.toString()));
    boolean mounted = false;
    try {
      SmallDisk.run(
          List.of("mount", "-t", "ext4", "-o", "errors=remount-ro", device, mount.toString()));
      mounted = true;
    } finally {
      if (!mounted) {
        SmallDisk.run(List.of("losetup", "--detach", device));
      }
    }
  }

  Path database() {
    return mount.resolve("db");
  }

  /** From now on it is read-only, whoever has files open for writing. */
  void breakDown() {
    Path trigger =
        Path.of("/sys/fs/ext4", Path.of(device).getFileName().toString(), "trigger_fs_error");
    try {
      Files.writeString(trigger, "1");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Mounts it for writing again, checked by e2fsck; nobody has files open. */
  void repair() {
    unmount();
    SmallDisk.runWith(1, List.of("e2fsck", "-f", "-y", image.toString()));
    mount();
  }

  private void unmount() {
    SmallDisk.run(List.of("umount", mount.toString()));
    SmallDisk.run(List.of("losetup", "--detach", device));
  }

  @Override
  public void close() {
    unmount();
    try {
      Files.delete(mount);
      Files.delete(image);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

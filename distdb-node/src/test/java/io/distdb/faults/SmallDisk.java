// SPDX-License-Identifier: MIT
package io.distdb.faults;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A file system of its own that can be filled; needs the right to mount. */
final class SmallDisk implements AutoCloseable {
  private static final int CHUNK_BYTES = 64 << 10;

  private final Path mount;

  private SmallDisk(Path mount) {
    this.mount = mount;
  }

  /** Why there can be none here, or null. */
  static String hindrance() {
    try {
      mount(1 << 20).close();
      return null;
    } catch (IllegalStateException refused) {
      return "no tmpfs can be mounted here: " + refused.getMessage();
    }
  }

  /** A tmpfs of {@code bytes}. */
  static SmallDisk mount(long bytes) {
    Path mount = newDirectory();
    run(List.of("mount", "-t", "tmpfs", "-o", "size=" + bytes, "tmpfs", mount.toString()));
    return new SmallDisk(mount);
  }

  static Path newDirectory() {
    try {
      return Files.createTempDirectory("distdb-faults");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * Runs a program and gives what it printed.
   *
   * @throws IllegalStateException it did not end with 0
   */
  static String run(List<String> command) {
    return runWith(0, command);
  }

  /** As {@link #run}, with exit codes up to {@code worst} accepted. */
  static String runWith(int worst, List<String> command) {
    try {
      Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
      String output = new String(process.getInputStream().readAllBytes());
      if (!process.waitFor(30, TimeUnit.SECONDS) || process.exitValue() > worst) {
        throw new IllegalStateException(String.join(" ", command) + ": " + output.strip());
      }
      return output.strip();
    } catch (IOException | InterruptedException failure) {
      throw new IllegalStateException(String.join(" ", command) + ": " + failure, failure);
    }
  }

  Path root() {
    return mount;
  }

  Path database() {
    return mount.resolve("db");
  }

  long usableBytes() {
    try {
      return Files.getFileStore(mount).getUsableSpace();
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Takes what is there but {@code leave} bytes, against whoever else takes it. */
  void fill(long leave) {
    Path filler = mount.resolve("filler");
    try (FileChannel channel =
        FileChannel.open(
            filler,
            StandardOpenOption.CREATE,
            StandardOpenOption.WRITE,
            StandardOpenOption.APPEND)) {
      for (long usable = usableBytes(); usable > leave; usable = usableBytes()) {
        int chunk = (int) Math.min(CHUNK_BYTES, usable - leave);
        if (channel.write(ByteBuffer.allocate(chunk)) == 0) {
          return;
        }
      }
    } catch (IOException full) {
      if (usableBytes() > Math.max(leave, CHUNK_BYTES)) {
        throw new UncheckedIOException(full);
      }
    }
  }

  /** Gives back what {@link #fill} took. */
  void free() {
    try {
      Files.deleteIfExists(mount.resolve("filler"));
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** Makes the disk itself larger. */
  void grow(long bytes) {
    run(List.of("mount", "-o", "remount,size=" + bytes, mount.toString()));
  }

  @Override
  public void close() {
    run(List.of("umount", "--lazy", mount.toString()));
    try {
      Files.delete(mount);
    } catch (IOException busy) {
      mount.toFile().deleteOnExit();
    }
  }
}

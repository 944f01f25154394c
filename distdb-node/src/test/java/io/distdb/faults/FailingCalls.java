// SPDX-License-Identifier: MIT
package io.distdb.faults;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.ByteOrder;
import java.nio.MappedByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/**
 * Makes the forces and writes of another process fail, from a moment on or so many times, by a
 * library that is preloaded into it; needs a C compiler and Linux.
 */
final class FailingCalls {
  static final int EIO = 5;
  static final int ENOSPC = 28;
  static final int FOR_EVER = -1;

  private static final int FORCE_AT = 0;
  private static final int WRITE_AT = 8;
  private static final int FAILED_AT = 16;
  private static final int PART_AT = 20;
  private static final int PART_BYTES = 236;

  private final Path library;
  private final Path file;
  private final MappedByteBuffer control;

  private FailingCalls(Path library, Path file, MappedByteBuffer control) {
    this.library = library;
    this.file = file;
    this.control = control;
  }

  /** Why there can be none here, or null. */
  static String hindrance() {
    try {
      SmallDisk.run(List.of("cc", "--version"));
      return Files.isDirectory(Path.of("/proc/self/fd")) ? null : "this is not Linux";
    } catch (IllegalStateException missing) {
      return "no C compiler, to make system calls fail with: " + missing.getMessage();
    }
  }

  /** Compiles the library into {@code directory}. */
  static FailingCalls in(Path directory) {
    Path source = directory.resolve("failing-calls.c");
    Path library = directory.resolve("failing-calls.so");
    Path file = directory.resolve("failing-calls");
    try (InputStream text = FailingCalls.class.getResourceAsStream("/faults/failing-calls.c")) {
      Files.copy(Objects.requireNonNull(text), source);
      SmallDisk.run(
          List.of("cc", "-shared", "-fPIC", "-O1", "-o", library.toString(), source.toString()));
      try (FileChannel channel =
          FileChannel.open(
              file, StandardOpenOption.CREATE, StandardOpenOption.READ, StandardOpenOption.WRITE)) {
        MappedByteBuffer control =
            channel.map(FileChannel.MapMode.READ_WRITE, 0, PART_AT + PART_BYTES);
        control.order(ByteOrder.nativeOrder());
        return new FailingCalls(library, file, control);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** For the process that is to fail. */
  Map<String, String> environment() {
    return Map.of("LD_PRELOAD", library.toString(), "DISTDB_FAILING_CALLS", file.toString());
  }

  /** Of files with {@code part} in their path, {@code count} forces fail, or {@link #FOR_EVER}. */
  void forcesFail(String part, int errno, int count) {
    begin(FORCE_AT, part, errno, count);
  }

  void writesFail(String part, int errno, int count) {
    begin(WRITE_AT, part, errno, count);
  }

  private void begin(int at, String part, int errno, int count) {
    byte[] bytes = part.getBytes(StandardCharsets.UTF_8);
    control.put(PART_AT, bytes).put(PART_AT + bytes.length, (byte) 0);
    control.putInt(at + Integer.BYTES, count);
    control.putInt(at, errno);
  }

  /** From now on everything succeeds. */
  void heal() {
    control.putInt(FORCE_AT, 0).putInt(WRITE_AT, 0);
  }

  /** How many calls were made to fail. */
  int failed() {
    return control.getInt(FAILED_AT);
  }
}

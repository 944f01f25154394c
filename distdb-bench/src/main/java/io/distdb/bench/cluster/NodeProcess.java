// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.TimeUnit;

/** A node's process, which can be killed and started again. */
final class NodeProcess {
  private final List<String> command;
  private final Path log;
  private Process process;
  private Duration cpuBefore = Duration.ZERO;

  /**
   * @param log gets what it prints
   */
  NodeProcess(List<String> command, Path log) {
    this.command = List.copyOf(command);
    this.log = log;
  }

  void start() {
    try {
      Files.createDirectories(log.getParent());
      process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(ProcessBuilder.Redirect.appendTo(log.toFile()))
              .start();
    } catch (IOException cannot) {
      throw new UncheckedIOException(cannot);
    }
  }

  /** As {@code kill -9} does. */
  void kill() {
    cpuBefore = cpu();
    process.destroyForcibly();
    try {
      process.waitFor(10, TimeUnit.SECONDS);
    } catch (InterruptedException stop) {
      Thread.currentThread().interrupt();
    }
  }

  boolean isAlive() {
    return process != null && process.isAlive();
  }

  /** What all its lives have used. */
  Duration cpu() {
    return isAlive()
        ? cpuBefore.plus(process.info().totalCpuDuration().orElse(Duration.ZERO))
        : cpuBefore;
  }

  String said() {
    try {
      return Files.readString(log);
    } catch (IOException unreadable) {
      return unreadable.toString();
    }
  }
}

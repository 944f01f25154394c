// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.provider.IoLimits;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.storage.EngineHome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.List;
import java.util.ServiceLoader;
import java.util.stream.Stream;

/** A directory for one engine at a time, deleted in the end. */
final class TemporaryHome implements EngineHome {
  static final ExportFormat EXPORTS =
      ServiceLoader.load(ExportFormat.class).findFirst().orElseThrow();

  private static final long BUDGET_BYTES = 32 << 20;

  final Path directory;

  TemporaryHome() {
    try {
      directory = Files.createTempDirectory("distdb-rocksdb-").resolve("engine");
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  @Override
  public RocksStorageEngine open() {
    return open(directory);
  }

  static RocksStorageEngine open(Path directory) {
    return open(directory, IoLimits.DEFAULT);
  }

  RocksStorageEngine open(IoLimits limits) {
    return open(directory, limits);
  }

  RocksStorageEngine open(Compression compression) {
    return open(directory, RocksOptions.ofBudget(BUDGET_BYTES).withCompression(compression));
  }

  private static RocksStorageEngine open(Path directory, IoLimits limits) {
    return open(directory, RocksOptions.ofBudget(BUDGET_BYTES).withLimits(limits));
  }

  private static RocksStorageEngine open(Path directory, RocksOptions options) {
    return RocksStorageEngine.open(
        directory, options, EXPORTS, Scheduler.threads(), Clock.system());
  }

  @Override
  public void close() {
    try (Stream<Path> files = Files.walk(directory.getParent())) {
      List<Path> deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
      for (Path file : deepestFirst) {
        Files.delete(file);
      }
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }
}

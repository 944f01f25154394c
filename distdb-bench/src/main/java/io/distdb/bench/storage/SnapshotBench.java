// SPDX-License-Identifier: MIT
package io.distdb.bench.storage;

import io.distdb.api.Bytes;
import io.distdb.api.disk.Disk;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claim: opening reads 2 million rows a second. One million rows of 75 bytes, without and with a
 * secondary hash index (which doubles the entries); a file of this machine's temporary directory.
 */
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.MILLISECONDS)
@State(Scope.Thread)
@Warmup(iterations = 2)
@Measurement(iterations = 5)
@Fork(value = 1, jvmArgs = "-Xmx6g")
public class SnapshotBench {
  private static final long ROWS = 1_000_000;

  @Param({"false", "true"})
  public boolean secondary;

  private Path directory;
  private Disk disk;
  private MemoryStorageEngine engine;
  private Store store;
  private long position;

  @Setup
  public void fill() throws IOException {
    directory = Files.createTempDirectory("distdb-snapshot");
    disk = new FileDisk(directory);
    engine = StoreRows.open(Optional.of(disk));
    store = StoreRows.store(engine);
    position = StoreRows.fill(store, ROWS, secondary);
    store.checkpoint();
  }

  @TearDown
  public void delete() throws IOException {
    engine.close();
    try (Stream<Path> files = Files.walk(directory)) {
      files.sorted(Comparator.reverseOrder()).forEach(SnapshotBench::delete);
    }
  }

  private static void delete(Path file) {
    try {
      Files.delete(file);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /** One more row, so that there is something to write. */
  @Benchmark
  public LogPosition checkpoint() {
    position++;
    Bytes key = StoreRows.key(position % ROWS);
    store.apply(
        new LogPosition(1, position),
        new WriteBatch(1).at(position).put(StoreRows.TABLE, key, key));
    return store.checkpoint();
  }

  @Benchmark
  public long open() {
    try (MemoryStorageEngine opened = StoreRows.open(Optional.of(disk))) {
      return opened.memoryBytes();
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.journal.Journal;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/** A checkpoint writes no faster than it may; the waiting is on the simulated clock. */
final class PacedCheckpointTest {
  private static final IndexId ROWS = new IndexId(1);
  private static final int ROW_BYTES = 64 << 10;
  private static final int ROW_COUNT = 64;
  private static final long MEBIBYTE = 1 << 20;

  /** What a checkpoint of 4 MiB that nothing can compress took, in seconds. */
  private static double seconds(long bytesPerSecond, double[] waited) {
    double[] seconds = {0};
    try (SimulatedWorld world = new SimulatedWorld(7)) {
      SimulatedNode node = world.node("n1");
      world.run(() ->
          node.scheduler()
              .start("main", () -> seconds[0] = checkpoint(node, bytesPerSecond, waited))
              .join());
    }
    return seconds[0];
  }

  private static double checkpoint(SimulatedNode node, long bytesPerSecond, double[] waited) {
    MemoryOptions options = new MemoryOptions(64 << 20, Compression.LZ4, bytesPerSecond);
    try (MemoryStorageEngine engine =
        MemoryStorageEngine.open(
            Optional.of(node.disk()),
            options,
            node.scheduler(),
            node.clock(),
            Journal.Progress.SILENT)) {
      Store store = engine.store(TestEngines.SHARD);
      store.apply(TestEngines.at(1), rows());
      long began = node.clock().nanoTime();
      store.checkpoint();
      waited[0] = value(engine, "checkpoint.io_waited");
      assertThat(value(engine, "checkpoint.io_limit")).isEqualTo(bytesPerSecond);
      return (node.clock().nanoTime() - began) / 1e9;
    }
  }

  private static WriteBatch rows() {
    SplittableRandom random = new SplittableRandom(1);
    WriteBatch batch = new WriteBatch().at(1).createIndex(ROWS, IndexKind.BTREE);
    for (int i = 0; i < ROW_COUNT; i++) {
      byte[] row = new byte[ROW_BYTES];
      random.nextBytes(row);
      batch.put(ROWS, Bytes.utf8(String.format("%03d", i)), Bytes.wrap(row));
    }
    return batch;
  }

  private static double value(MemoryStorageEngine engine, String name) {
    return engine.metrics().stream()
        .filter(metric -> metric.name().equals(name))
        .map(Metric::value)
        .findFirst()
        .orElseThrow()
        .getAsDouble();
  }

  @Test
  void aCheckpointTakesTheTimeThatItsLimitGivesIt() {
    double[] waited = {0};
    assertThat(seconds(2 * MEBIBYTE, waited)).isBetween(1.9, 2.5);
    assertThat(waited[0]).isBetween(1.8, 2.2);
    assertThat(seconds(1_024 * MEBIBYTE, waited)).isLessThan(0.5);
    assertThat(waited[0]).isZero();
  }
}

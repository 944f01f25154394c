// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.disk.IoPace;
import io.distdb.api.metrics.Metric;
import io.distdb.storage.memory.snapshot.SnapshotCounts;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What the checkpoints of all shards came to, and how fast they may write. Thread-safe. */
final class CheckpointCounters {
  private final IoPace pace;
  private final LongAdder written = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder rows = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  CheckpointCounters(IoPace pace) {
    this.pace = pace;
  }

  /** To be told of what snapshots write; shared by all shards. */
  IoPace pace() {
    return pace;
  }

  void wrote(SnapshotCounts counts, long elapsedNanos) {
    written.increment();
    bytes.add(counts.bytes());
    rows.add(counts.keys());
    nanos.add(elapsedNanos);
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "checkpoint.count", "checkpoints", "Snapshots that were written.", written::sum),
        Metric.counter("checkpoint.rows", "rows", "Rows in those snapshots.", rows::sum),
        Metric.counter(
            "checkpoint.bytes", "bytes", "What the snapshots took on the disk.", bytes::sum),
        Metric.seconds("checkpoint.time", "What writing the snapshots took.", nanos::sum),
        Metric.gauge(
            "checkpoint.io_limit",
            "bytes",
            "What snapshots may write in a second (checkpoint_io_limit).",
            pace::bytesPerSecond),
        Metric.seconds(
            "checkpoint.io_waited",
            "How long snapshots waited so as not to pass that limit.",
            pace::waitedNanos));
  }
}

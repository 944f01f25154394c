// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.disk.IoPace;
import io.distdb.api.metrics.Metric;
import io.distdb.api.provider.IoLimits;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What checkpoints and collections of all stores came to, and how fast collections may go. */
final class BackgroundWork {
  private final Clock clock;
  private final IoPace collection;
  private final LongAdder checkpoints = new LongAdder();
  private final LongAdder checkpointNanos = new LongAdder();
  private final LongAdder collected = new LongAdder();
  private final LongAdder putOff = new LongAdder();

  BackgroundWork(IoLimits limits, Clock clock, Scheduler scheduler) {
    this.clock = clock;
    collection = new IoPace(limits.collection(), clock, scheduler);
  }

  /** Calls {@code flush}, and counts it once it is done. */
  void checkpoint(Runnable flush) {
    long began = clock.nanoTime();
    flush.run();
    checkpoints.increment();
    checkpointNanos.add(clock.nanoTime() - began);
  }

  /** Whether a collection may go on; one that may not is put off to the next call. */
  boolean mayCollect() {
    boolean may = !collection.isAhead();
    if (!may) {
      putOff.increment();
    }
    return may;
  }

  /** Tells of a collection: it moved so many bytes and removed so many versions. */
  void collected(long bytes, long versions) {
    collection.moved(bytes);
    collected.add(versions);
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "storage.collected_versions",
            "versions",
            "Old versions that were collected.",
            collected::sum),
        Metric.counter(
            "collection.bytes",
            "bytes",
            "What collections of old versions read and removed.",
            collection::bytes),
        Metric.gauge(
            "collection.io_limit",
            "bytes",
            "What collections may read and remove in a second (collection_io_limit).",
            collection::bytesPerSecond),
        Metric.counter(
            "collection.put_off",
            "collections",
            "Collections put off so as not to pass that limit.",
            putOff::sum),
        Metric.counter(
            "checkpoint.count",
            "checkpoints",
            "Checkpoints that flushed the write buffers.",
            checkpoints::sum),
        Metric.seconds("checkpoint.time", "What those flushes took.", checkpointNanos::sum));
  }
}

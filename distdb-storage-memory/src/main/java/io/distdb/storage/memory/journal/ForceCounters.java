// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Clock;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What was written to the journal's segments, and what forcing them took. Thread-safe. */
final class ForceCounters {
  private final Clock clock;
  private final LongAdder bytes = new LongAdder();
  private final LongAdder forces = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  ForceCounters(Clock clock) {
    this.clock = clock;
  }

  void wrote(int moreBytes) {
    bytes.add(moreBytes);
  }

  long begin() {
    return clock.nanoTime();
  }

  /**
   * @param began what {@link #begin} gave
   */
  void forced(long began) {
    forces.increment();
    nanos.add(clock.nanoTime() - began);
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter(
            "journal.written", "bytes", "Bytes of records written to segments.", bytes::sum),
        Metric.counter(
            "journal.forces",
            "forces",
            "Times that a segment was forced to the disk; one force serves all who wait.",
            forces::sum),
        Metric.seconds("journal.force_time", "What those forces took.", nanos::sum));
  }
}

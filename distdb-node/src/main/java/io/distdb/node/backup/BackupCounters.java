// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.metrics.Metric;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;

/** What the backups of this process came to. Thread-safe. */
final class BackupCounters {
  private final LongAdder begun = new LongAdder();
  private final LongAdder taken = new LongAdder();
  private final LongAdder failed = new LongAdder();
  private final LongAdder bytes = new LongAdder();
  private final LongAdder nanos = new LongAdder();

  void began() {
    begun.increment();
  }

  void took(BackupReport report) {
    taken.increment();
    bytes.add(report.bytes());
    nanos.add(report.nanos());
  }

  void failed() {
    failed.increment();
  }

  List<Metric> metrics() {
    return List.of(
        Metric.counter("backup.taken", "backups", "Backups that were written.", taken::sum),
        Metric.counter(
            "backup.failed",
            "backups",
            "Backups that ended with an error or were cancelled.",
            failed::sum),
        Metric.gauge(
            "backup.running",
            "backups",
            "Backups under way.",
            () -> Math.max(0, begun.sum() - taken.sum() - failed.sum())),
        Metric.counter(
            "backup.bytes", "bytes", "What those that were written take on the disk.", bytes::sum),
        Metric.seconds("backup.time", "What writing them took, pauses included.", nanos::sum));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.metrics.Metric;
import java.util.List;

/** What the transactions of this node tell of themselves. */
final class TransactionMetrics {
  private static final double MICROS_PER_SECOND = 1e6;

  private TransactionMetrics() {}

  static List<Metric> of(TransactionContext context) {
    return List.of(
        Metric.gauge(
            "transactions.open",
            "transactions",
            "Transactions that have begun and not ended.",
            () -> open(context)),
        new Metric(
            "transactions.snapshot_age",
            Metric.Kind.GAUGE,
            "seconds",
            "How far back versions are kept, for the oldest snapshot in use or for nobody yet.",
            () -> age(context)),
        Metric.counter(
            "log.applied",
            "bytes",
            "Commands applied since this process opened the database.",
            () -> context.system().replica().appliedBytes()),
        Metric.gauge(
            "log.index",
            "entries",
            "Index of the last log entry applied.",
            () -> context.system().replica().applied().index()));
  }

  private static long open(TransactionContext context) {
    long[] count = {0};
    context.open.forEach(transaction -> {
      count[0]++;
      return true;
    });
    return count[0];
  }

  private static double age(TransactionContext context) {
    long safePoint = context.system().replica().safePoint();
    return safePoint == 0 ? 0 : (context.oracle.now() - safePoint) / MICROS_PER_SECOND;
  }
}

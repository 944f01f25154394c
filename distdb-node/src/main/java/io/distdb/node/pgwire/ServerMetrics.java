// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.function.LongSupplier;

/** What a server counts of its clients. Thread-safe. */
final class ServerMetrics implements Metered {
  private final LongSupplier open;
  private final LongAdder accepted = new LongAdder();
  private final LongAdder refused = new LongAdder();
  private final LongAdder bytesIn = new LongAdder();
  private final LongAdder bytesOut = new LongAdder();

  /**
   * @param open how many clients there are now
   */
  ServerMetrics(LongSupplier open) {
    this.open = open;
  }

  void accepted() {
    accepted.increment();
  }

  /** There were too many, or the server ends. */
  void refused() {
    refused.increment();
  }

  void read(int bytes) {
    if (bytes > 0) {
      bytesIn.add(bytes);
    }
  }

  void written(int bytes) {
    bytesOut.add(bytes);
  }

  @Override
  public List<Metric> metrics() {
    return List.of(
        Metric.gauge("server.connections", "connections", "Clients that are connected.", open),
        Metric.counter(
            "server.accepted", "connections", "Clients that ever connected.", accepted::sum),
        Metric.counter(
            "server.refused", "connections", "Clients that were sent away.", refused::sum),
        Metric.counter("server.received", "bytes", "Bytes from clients.", bytesIn::sum),
        Metric.counter("server.sent", "bytes", "Bytes to clients.", bytesOut::sum));
  }
}

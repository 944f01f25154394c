// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import java.util.List;

/**
 * What all parts of a node tell of themselves.
 *
 * @param parts in the order in which they are shown
 */
record NodeMetrics(List<Metered> parts) implements Metered {
  NodeMetrics {
    parts = List.copyOf(parts);
  }

  @Override
  public List<Metric> metrics() {
    return parts.stream().flatMap(part -> part.metrics().stream()).toList();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.api.metrics;

import java.util.List;

/** A part that tells of itself in numbers. */
@FunctionalInterface
public interface Metered {
  /** Tells nothing. */
  Metered SILENT = List::of;

  /**
   * Its metrics, the same ones at every call while it is open; no two have one name. Reading one
   * after the part is closed gives what it was, or 0.
   */
  List<Metric> metrics();
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.Locale;
import java.util.Optional;

/**
 * What a node did, for EXPLAIN ANALYZE; summed over all the times that it ran.
 *
 * @param loops how often it ran, at least 1
 * @param rows rows that came out
 * @param startupMillis until the first batch of rows came
 * @param totalMillis until the end, its inputs included
 * @param note what its last run said of itself
 */
public record NodeRun(
    long loops, long rows, double startupMillis, double totalMillis, Optional<NodeNote> note) {
  double startupMillisPerLoop() {
    return startupMillis / loops;
  }

  double totalMillisPerLoop() {
    return totalMillis / loops;
  }

  long rowsPerLoop() {
    return Math.round((double) rows / loops);
  }

  /** As it stands behind the node's line, with a space before; of one run, as PostgreSQL has it. */
  public String text(boolean timing) {
    String time =
        timing
            ? String.format(
                Locale.ROOT, "time=%.3f..%.3f ", startupMillisPerLoop(), totalMillisPerLoop())
            : "";
    return " (actual " + time + "rows=" + rowsPerLoop() + " loops=" + loops + ")";
  }
}

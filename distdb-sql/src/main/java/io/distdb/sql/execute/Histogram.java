// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.HashSet;
import java.util.List;
import java.util.Set;

/**
 * Bounds that divide sorted values into groups of equal size, which tells how many lie below a
 * value however unevenly they lie (an equi-depth histogram: Piatetsky-Shapiro and Connell,
 * "Accurate estimation of the number of tuples satisfying a condition", 1984).
 */
final class Histogram {
  private Histogram() {}

  /**
   * The places of the bounds in the sorted sample; none when fewer than two values are left.
   *
   * @param runs all values
   * @param common those that are left out
   * @param groups most groups
   */
  static int[] bounds(List<ValueRun> runs, List<ValueRun> common, int groups) {
    Set<ValueRun> left = new HashSet<>(common);
    int[] places = new int[runs.isEmpty() ? 0 : runs.getLast().from() + runs.getLast().count()];
    int count = 0;
    int different = 0;
    for (ValueRun run : runs) {
      if (!left.contains(run)) {
        different++;
        for (int i = 0; i < run.count(); i++) {
          places[count++] = run.from() + i;
        }
      }
    }
    if (different < 2) {
      return new int[0];
    }
    int bounds = Math.min(different, groups + 1);
    int[] found = new int[bounds];
    for (int i = 0; i < bounds; i++) {
      found[i] = places[(int) ((long) i * (count - 1) / (bounds - 1))];
    }
    return found;
  }
}

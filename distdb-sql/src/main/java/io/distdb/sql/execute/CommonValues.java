// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Chooses the values that are worth to be remembered with their frequency.
 *
 * <p>When the sample is the whole table, and all its values find room, they are all kept. Else a
 * value is kept only when it was met more often than chance explains: the rest of the values are
 * taken to be equally frequent, and the number of times that a value of that frequency is drawn
 * follows the hypergeometric distribution; what is two standard deviations above its mean is common
 * (the rule that PostgreSQL's documentation of statistics describes since version 11).
 */
final class CommonValues {
  private static final double DEVIATIONS = 2;

  private final List<ValueRun> runs;
  private final int sampled;
  private final double all;
  private final int longOnes;

  /**
   * @param sampled rows of the sample, NULLs included
   * @param all rows of the table
   * @param longOnes values that are not among {@code runs}
   */
  CommonValues(List<ValueRun> runs, int sampled, double all, int longOnes) {
    this.runs = runs;
    this.sampled = sampled;
    this.all = all;
    this.longOnes = longOnes;
  }

  /**
   * The most common first.
   *
   * @param distinct values of the column
   */
  List<ValueRun> choose(double distinct, int most) {
    List<ValueRun> byCount = new ArrayList<>(runs);
    byCount.sort(Comparator.comparingInt(ValueRun::count).reversed());
    boolean whole = sampled >= all && longOnes == 0;
    if (whole && runs.size() <= most) {
      return byCount;
    }
    List<ValueRun> kept = new ArrayList<>();
    for (ValueRun run : byCount.subList(0, Math.min(most, byCount.size()))) {
      if (run.count() > 1) {
        kept.add(run);
      }
    }
    while (!kept.isEmpty() && !isCommon(kept, distinct)) {
      kept.removeLast();
    }
    return kept;
  }

  /** Whether the last of {@code kept} stands out among the values that are not kept. */
  private boolean isCommon(List<ValueRun> kept, double distinct) {
    int before = 0;
    for (ValueRun run : kept.subList(0, kept.size() - 1)) {
      before += run.count();
    }
    int present = longOnes;
    for (ValueRun run : runs) {
      present += run.count();
    }
    double others = Math.max(1, distinct - (kept.size() - 1));
    double share = (present - before) / others / sampled;
    double mean = sampled * share;
    double drawn = all <= 1 ? 0 : (all - sampled) / (all - 1);
    double deviation = Math.sqrt(Math.max(0, mean * (1 - share) * drawn));
    return kept.getLast().count() > mean + DEVIATIONS * deviation + 0.5;
  }
}

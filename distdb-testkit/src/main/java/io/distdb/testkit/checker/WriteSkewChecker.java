// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Each of several transactions looks whether another of its group wrote, and writes only if none
 * did: of a group, one at most commits.
 */
public final class WriteSkewChecker {
  /** One transaction that found its group empty and wrote. */
  public record Attempt(long group, String label, Outcome outcome) {}

  /**
   * A transaction of unknown outcome counts as committed when {@code present}, read at the end,
   * holds its write.
   *
   * @param present labels of the writes that are there at the end, by group
   */
  public CheckResult check(List<Attempt> attempts, Map<Long, List<String>> present) {
    CheckResult.Builder result = new CheckResult.Builder();
    Map<Long, List<String>> winners = new TreeMap<>();
    for (Attempt attempt : attempts) {
      boolean seen = present.getOrDefault(attempt.group(), List.of()).contains(attempt.label());
      switch (attempt.outcome()) {
        case COMMITTED -> {
          win(winners, attempt);
          if (!seen) {
            result.add(AnomalyKind.LOST, "%s is not there at the end", attempt);
          }
        }
        case UNKNOWN -> {
          if (seen) {
            win(winners, attempt);
          }
        }
        case ABORTED -> {
          if (seen) {
            result.add(AnomalyKind.PHANTOM, "%s is there at the end", attempt);
          }
        }
      }
    }
    winners.forEach((group, labels) -> {
      if (labels.size() > 1) {
        result.add(AnomalyKind.WRITE_SKEW, "in group %d all of %s committed", group, labels);
      }
    });
    return result.build();
  }

  private static void win(Map<Long, List<String>> winners, Attempt attempt) {
    winners.computeIfAbsent(attempt.group(), absent -> new ArrayList<>()).add(attempt.label());
  }
}

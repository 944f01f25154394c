// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/** A value that only grows is never seen smaller by a read that began later. */
public final class MonotonicChecker {
  private final boolean acrossProcesses;

  /**
   * @param acrossProcesses whether every later read counts, or the same process's alone (a promise
   *     that follower reads keep)
   */
  public MonotonicChecker(boolean acrossProcesses) {
    this.acrossProcesses = acrossProcesses;
  }

  /** One look at the value. */
  public record Read(long process, long value, long invokedAt, long returnedAt) {}

  public CheckResult check(List<Read> reads) {
    CheckResult.Builder result = new CheckResult.Builder();
    if (acrossProcesses) {
      checkOrdered(reads, result);
    } else {
      Map<Long, List<Read>> byProcess = new HashMap<>();
      reads.forEach(
          read -> byProcess.computeIfAbsent(read.process(), absent -> new ArrayList<>()).add(read));
      byProcess.keySet().stream()
          .sorted()
          .forEach(process -> checkOrdered(byProcess.get(process), result));
    }
    return result.build();
  }

  private static void checkOrdered(List<Read> reads, CheckResult.Builder result) {
    List<Read> byBegin = new ArrayList<>(reads);
    byBegin.sort(Comparator.comparingLong(Read::invokedAt));
    List<Read> byReturn = new ArrayList<>(reads);
    byReturn.sort(Comparator.comparingLong(Read::returnedAt));
    Read greatest = null;
    int returned = 0;
    for (Read read : byBegin) {
      while (returned < byReturn.size() && byReturn.get(returned).returnedAt() < read.invokedAt()) {
        Read earlier = byReturn.get(returned++);
        if (greatest == null || earlier.value() > greatest.value()) {
          greatest = earlier;
        }
      }
      if (greatest != null && read.value() < greatest.value()) {
        result.add(AnomalyKind.NOT_MONOTONIC, "%s came after %s", read, greatest);
      }
    }
  }
}

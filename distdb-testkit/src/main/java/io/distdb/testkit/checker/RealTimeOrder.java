// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/**
 * Edges from each transaction to those that began after it returned. Only the needed ones: who
 * returned before the begin of one that has returned is implied by it, so the sources at any time
 * are about as many as there are clients.
 */
final class RealTimeOrder {
  private RealTimeOrder() {}

  private record Moment(long time, boolean begin, int transaction) {}

  static void addTo(
      DependencyGraph graph, List<ListAppendTransaction> history, ListVersions versions) {
    List<Moment> moments = new ArrayList<>();
    for (int i = 0; i < history.size(); i++) {
      ListAppendTransaction transaction = history.get(i);
      if (versions.happened(i)) {
        moments.add(new Moment(transaction.invokedAt(), true, i));
        if (transaction.outcome() == Outcome.COMMITTED) {
          moments.add(new Moment(transaction.returnedAt(), false, i));
        }
      }
    }
    // Begins first: what returns at the moment of a begin counts as concurrent with it.
    moments.sort(
        Comparator.comparingLong(Moment::time)
            .thenComparing(moment -> moment.begin() ? 0 : 1)
            .thenComparingInt(Moment::transaction));
    List<Integer> returned = new ArrayList<>();
    for (Moment moment : moments) {
      if (moment.begin()) {
        for (int before : returned) {
          graph.add(before, moment.transaction(), Dependency.REAL_TIME);
        }
      } else {
        long begin = history.get(moment.transaction()).invokedAt();
        returned.removeIf(before -> history.get(before).returnedAt() < begin);
        returned.add(moment.transaction());
      }
    }
  }
}

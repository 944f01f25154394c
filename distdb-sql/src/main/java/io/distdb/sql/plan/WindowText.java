// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.List;
import java.util.stream.Collectors;

/** Titles and details of grouping sets, for {@link PlanText}. */
final class WindowText {
  private WindowText() {}

  static String title(PhysicalPlan.GroupingSets sets) {
    boolean some = sets.sets().stream().anyMatch(set -> !set.isEmpty());
    boolean empty = sets.sets().stream().anyMatch(List::isEmpty);
    return some && empty ? "MixedAggregate" : some ? "HashAggregate" : "Aggregate";
  }

  static void details(PhysicalPlan.GroupingSets sets, List<String> details) {
    for (List<Integer> set : sets.sets()) {
      details.add(
          set.isEmpty()
              ? "Group Key: ()"
              : "Hash Key: "
                  + set.stream()
                      .map(key -> sets.keys().get(key).name())
                      .collect(Collectors.joining(", ")));
    }
  }
}

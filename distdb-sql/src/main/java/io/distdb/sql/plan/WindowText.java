// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import java.util.List;

/** Titles and details of grouping sets, for {@link PlanText}. */
final class WindowText {
  private WindowText() {}

  static String title(PhysicalPlan.GroupingSets sets) {
    boolean some = sets.sets().stream().anyMatch(set -> !set.isEmpty());
    boolean empty = sets.sets().stream().anyMatch(List::isEmpty);
    return some && empty ? "MixedAggregate" : some ? "HashAggregate" : "Aggregate";
  }

  /** One for each set. */
  static List<PlanDetail> details(PhysicalPlan.GroupingSets sets) {
    return sets.sets().stream().map(set -> detail(sets, set)).toList();
  }

  private static PlanDetail detail(PhysicalPlan.GroupingSets sets, List<Integer> set) {
    return set.isEmpty()
        ? new PlanDetail("Group Key", List.of("()"), true)
        : new PlanDetail(
            "Hash Key", set.stream().map(key -> sets.keys().get(key).name()).toList(), true);
  }
}

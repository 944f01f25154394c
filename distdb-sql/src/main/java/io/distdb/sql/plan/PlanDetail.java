// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Something that EXPLAIN says of a node below its line.
 *
 * @param values exactly one unless {@code isList}
 */
record PlanDetail(String label, List<String> values, boolean isList) {
  PlanDetail {
    values = List.copyOf(values);
  }

  private PlanDetail(String label, String value) {
    this(label, List.of(value), false);
  }

  static List<PlanDetail> of(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Scan scan -> scan(scan);
      case PhysicalPlan.Filter filter ->
          List.of(new PlanDetail("Filter", ExpressionText.of(filter.predicate())));
      case PhysicalPlan.HashJoin join ->
          keyed("Hash Cond", join.probeKeys(), join.buildKeys(), join.residual());
      case PhysicalPlan.MergeJoin join ->
          keyed("Merge Cond", join.leftKeys(), join.rightKeys(), join.residual());
      case PhysicalPlan.IndexJoin join -> joinFilter(join.residual());
      case PhysicalPlan.NestedLoopJoin join -> joinFilter(join.condition());
      case PhysicalPlan.LateralJoin join -> joinFilter(join.condition());
      case PhysicalPlan.HashAggregate aggregate ->
          aggregate.keys().isEmpty() ? List.of() : List.of(names("Group Key", aggregate.keys()));
      case PhysicalPlan.SortedAggregate aggregate -> List.of(names("Group Key", aggregate.keys()));
      case PhysicalPlan.Sort sort ->
          List.of(
              new PlanDetail("Sort Key", sort.keys().stream().map(PlanDetail::key).toList(), true));
      case PhysicalPlan.GroupingSets sets -> WindowText.details(sets);
      case PhysicalPlan.Unique unique -> List.of(names("Unique Key", unique.keys()));
      case PhysicalPlan.Values ignored -> List.of();
      case PhysicalPlan.Project ignored -> List.of();
      case PhysicalPlan.Distinct ignored -> List.of();
      case PhysicalPlan.Limit ignored -> List.of();
      case PhysicalPlan.WindowAgg ignored -> List.of();
      case PhysicalPlan.Append ignored -> List.of();
      case PhysicalPlan.HashSetOperation ignored -> List.of();
      case PhysicalPlan.With ignored -> List.of();
      case PhysicalPlan.CommonTableScan ignored -> List.of();
      case PhysicalPlan.FunctionScan ignored -> List.of();
      case PhysicalPlan.LiveScan ignored -> List.of();
      case PhysicalPlan.LockRows ignored -> List.of();
      case PhysicalPlan.RecursiveUnion ignored -> List.of();
    };
  }

  /** As one line. */
  String text() {
    return label + ": " + String.join(", ", values);
  }

  private static PlanDetail names(String label, List<Variable> variables) {
    return new PlanDetail(label, variables.stream().map(Variable::name).toList(), true);
  }

  private static List<PlanDetail> joinFilter(Optional<Expression> condition) {
    return condition.map(e -> new PlanDetail("Join Filter", ExpressionText.of(e))).stream()
        .toList();
  }

  private static List<PlanDetail> scan(PhysicalPlan.Scan scan) {
    List<PlanDetail> details = new ArrayList<>();
    if (!scan.conditions().isEmpty()) {
      details.add(new PlanDetail("Index Cond", ExpressionText.all(scan.conditions())));
    }
    scan.filter()
        .ifPresent(filter -> details.add(new PlanDetail("Filter", ExpressionText.of(filter))));
    if (!scan.why().isEmpty()) {
      details.add(new PlanDetail("Why", scan.why()));
    }
    return details;
  }

  private static List<PlanDetail> keyed(
      String label, List<Expression> left, List<Expression> right, Optional<Expression> residual) {
    List<PlanDetail> details = new ArrayList<>();
    details.add(new PlanDetail(label, keyCondition(left, right)));
    details.addAll(joinFilter(residual));
    return details;
  }

  private static String keyCondition(List<Expression> left, List<Expression> right) {
    List<String> pairs = new ArrayList<>();
    for (int i = 0; i < left.size(); i++) {
      pairs.add(
          "(" + ExpressionText.of(left.get(i)) + " = " + ExpressionText.of(right.get(i)) + ")");
    }
    return pairs.size() == 1 ? pairs.get(0) : "(" + String.join(" AND ", pairs) + ")";
  }

  private static String key(SortKey key) {
    boolean usual = key.nullsFirst() == key.descending();
    return key.variable().name()
        + (key.descending() ? " DESC" : "")
        + (usual ? "" : key.nullsFirst() ? " NULLS FIRST" : " NULLS LAST");
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.api.index.Direction;
import io.distdb.sql.logical.Relation.SetKind;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.stream.Collectors;

/** What a node is, by PostgreSQL's names for it where there are some. */
final class PlanProperties {
  private PlanProperties() {}

  /** The type alone. */
  static String type(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Scan scan -> type(scan);
      case PhysicalPlan.Values values -> values.rows().size() == 1 ? "Result" : "Values Scan";
      case PhysicalPlan.Filter ignored -> "Filter";
      case PhysicalPlan.Project ignored -> "Project";
      case PhysicalPlan.HashJoin ignored -> "Hash Join";
      case PhysicalPlan.MergeJoin ignored -> "Merge Join";
      case PhysicalPlan.IndexJoin ignored -> "Nested Loop";
      case PhysicalPlan.NestedLoopJoin ignored -> "Nested Loop";
      case PhysicalPlan.LateralJoin ignored -> "Nested Loop";
      case PhysicalPlan.HashAggregate ignored -> "Aggregate";
      case PhysicalPlan.SortedAggregate ignored -> "Aggregate";
      case PhysicalPlan.GroupingSets ignored -> "Aggregate";
      case PhysicalPlan.WindowAgg ignored -> "WindowAgg";
      case PhysicalPlan.Distinct ignored -> "Unique";
      case PhysicalPlan.Sort ignored -> "Sort";
      case PhysicalPlan.Limit ignored -> "Limit";
      case PhysicalPlan.Unique ignored -> "Unique";
      case PhysicalPlan.Append ignored -> "Append";
      case PhysicalPlan.HashSetOperation ignored -> "SetOp";
      case PhysicalPlan.With with -> type(with.body());
      case PhysicalPlan.CommonTableScan scan -> scan.working() ? "WorkTable Scan" : "CTE Scan";
      case PhysicalPlan.FunctionScan ignored -> "Function Scan";
      case PhysicalPlan.LiveScan ignored -> "Live Scan";
      case PhysicalPlan.LockRows ignored -> "LockRows";
      case PhysicalPlan.RecursiveUnion ignored -> "Recursive Union";
    };
  }

  private static String type(PhysicalPlan.Scan scan) {
    return scan.isIndexOnly() ? "Index Only Scan" : isFull(scan) ? "Seq Scan" : "Index Scan";
  }

  /** What else tells nodes of one type apart, in the order in which EXPLAIN shows it. */
  static Map<String, String> of(PhysicalPlan plan) {
    Map<String, String> properties = new LinkedHashMap<>();
    switch (plan) {
      case PhysicalPlan.Scan scan -> scan(scan, properties);
      case PhysicalPlan.HashJoin join -> join(join.type(), properties);
      case PhysicalPlan.MergeJoin join -> join(join.type(), properties);
      case PhysicalPlan.IndexJoin join -> join(join.type(), properties);
      case PhysicalPlan.NestedLoopJoin join -> join(join.type(), properties);
      case PhysicalPlan.LateralJoin join -> join(join.type(), properties);
      case PhysicalPlan.HashAggregate aggregate ->
          properties.put("Strategy", aggregate.keys().isEmpty() ? "Plain" : "Hashed");
      case PhysicalPlan.SortedAggregate ignored -> properties.put("Strategy", "Sorted");
      case PhysicalPlan.GroupingSets sets -> properties.put("Strategy", strategy(sets));
      case PhysicalPlan.Distinct ignored -> properties.put("Strategy", "Hashed");
      case PhysicalPlan.Unique ignored -> properties.put("Strategy", "Sorted");
      case PhysicalPlan.Sort sort ->
          sort.fetch().ifPresent(fetch -> properties.put("Strategy", "Top-N"));
      case PhysicalPlan.HashSetOperation set -> setOperation(set, properties);
      case PhysicalPlan.CommonTableScan scan -> {
        properties.put("CTE Name", scan.name());
        properties.put("Alias", scan.alias());
      }
      case PhysicalPlan.FunctionScan scan ->
          properties.put(
              "Function Name",
              scan.calls().stream()
                  .map(call -> call.function().name())
                  .collect(Collectors.joining(", ")));
      case PhysicalPlan.LiveScan scan -> properties.put("Relation Name", scan.table().name());
      case PhysicalPlan.Values ignored -> {}
      case PhysicalPlan.Filter ignored -> {}
      case PhysicalPlan.Project ignored -> {}
      case PhysicalPlan.WindowAgg ignored -> {}
      case PhysicalPlan.Limit ignored -> {}
      case PhysicalPlan.Append ignored -> {}
      case PhysicalPlan.With with -> properties.putAll(of(with.body()));
      case PhysicalPlan.LockRows ignored -> {}
      case PhysicalPlan.RecursiveUnion ignored -> {}
    }
    return properties;
  }

  private static boolean isFull(PhysicalPlan.Scan scan) {
    return scan.path() instanceof AccessPath.Full;
  }

  private static void scan(PhysicalPlan.Scan scan, Map<String, String> properties) {
    boolean backward = scan.direction() == Direction.BACKWARD;
    if (backward || !isFull(scan)) {
      properties.put("Scan Direction", backward ? "Backward" : "Forward");
    }
    String key = scan.table().primaryKeyName();
    switch (scan.path()) {
      case AccessPath.Full ignored -> {}
      case AccessPath.RowGet ignored -> properties.put("Index Name", key);
      case AccessPath.RowRange ignored -> properties.put("Index Name", key);
      case AccessPath.IndexGet get -> properties.put("Index Name", get.index().name());
      case AccessPath.IndexRange range -> properties.put("Index Name", range.index().name());
    }
    properties.put("Relation Name", scan.table().name());
    properties.put("Alias", scan.alias());
  }

  private static void join(JoinType type, Map<String, String> properties) {
    properties.put("Join Type", type == JoinType.INNER ? "Inner" : type.word().strip());
  }

  private static String strategy(PhysicalPlan.GroupingSets sets) {
    return switch (WindowText.title(sets)) {
      case "MixedAggregate" -> "Mixed";
      case "HashAggregate" -> "Hashed";
      default -> "Plain";
    };
  }

  private static void setOperation(
      PhysicalPlan.HashSetOperation set, Map<String, String> properties) {
    String kind = set.kind() == SetKind.INTERSECT ? "Intersect" : "Except";
    properties.put("Strategy", "Hashed");
    properties.put("Command", kind + (set.all() ? " All" : ""));
  }
}

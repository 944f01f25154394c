// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.index.Direction;
import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.JoinType;
import io.distdb.sql.plan.KeyBounds;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.List;

/** The order in which a plan's rows come by themselves. */
final class PlanOrder {
  private PlanOrder() {}

  /** Variables by which the rows are ordered, ascending; NULLs may stand at either end. */
  static List<Variable> of(PhysicalPlan plan) {
    return switch (plan) {
      case PhysicalPlan.Scan scan when scan.direction() == Direction.FORWARD -> scan(scan);
      case PhysicalPlan.Filter filter -> of(filter.input());
      case PhysicalPlan.Sort sort -> sorted(sort.keys());
      case PhysicalPlan.Project project -> {
        List<Variable> order = new ArrayList<>();
        for (Variable variable : of(project.input())) {
          if (!project.output().contains(variable)) {
            break;
          }
          order.add(variable);
        }
        yield order;
      }
      case PhysicalPlan.MergeJoin join when keeps(join.type()) -> keys(join.leftKeys());
      case PhysicalPlan.HashJoin join when keeps(join.type()) -> of(join.probe());
      case PhysicalPlan.IndexJoin join when keeps(join.type()) -> of(join.outer());
      default -> List.of();
    };
  }

  /** Whether the rows come as {@code order} asks; only of columns that have no NULLs. */
  static boolean gives(PhysicalPlan plan, List<SortKey> order) {
    List<Variable> by = of(plan);
    if (order.isEmpty() || order.size() > by.size()) {
      return false;
    }
    for (int i = 0; i < order.size(); i++) {
      SortKey key = order.get(i);
      if (key.descending() || !key.variable().equals(by.get(i)) || !isNotNull(plan, by.get(i))) {
        return false;
      }
    }
    return true;
  }

  private static boolean isNotNull(PhysicalPlan plan, Variable variable) {
    if (plan instanceof PhysicalPlan.Scan scan) {
      int position = scan.output().indexOf(variable);
      int ordinal = position < 0 ? -1 : scan.ordinals().get(position);
      return ordinal >= 0
          && (scan.table().columns().get(ordinal).notNull()
              || scan.table().primaryKey().contains(ordinal));
    }
    return plan.inputs().stream().anyMatch(input -> isNotNull(input, variable));
  }

  /** Outer joins give the rows of a batch that met none behind the others. */
  private static boolean keeps(JoinType type) {
    return type == JoinType.INNER || type.isExistence();
  }

  private static List<Variable> sorted(List<SortKey> keys) {
    List<Variable> order = new ArrayList<>();
    for (SortKey key : keys) {
      if (key.descending()) {
        break;
      }
      order.add(key.variable());
    }
    return order;
  }

  /** The columns that keys are, as far as they are columns. */
  private static List<Variable> keys(List<Expression> keys) {
    List<Variable> order = new ArrayList<>();
    for (Expression key : keys) {
      Variable variable = MergeKeys.column(key);
      if (variable == null) {
        break;
      }
      order.add(variable);
    }
    return order;
  }

  private static List<Variable> scan(PhysicalPlan.Scan scan) {
    return switch (scan.path()) {
      case AccessPath.Full ignored -> columns(scan, rowKey(scan), 0);
      case AccessPath.RowRange range -> columns(scan, rowKey(scan), fixed(range.bounds()));
      case AccessPath.IndexRange range ->
          columns(scan, ascending(range.index()), fixed(range.bounds()));
      case AccessPath.RowGet ignored -> List.of();
      case AccessPath.IndexGet ignored -> List.of();
    };
  }

  private static int fixed(KeyBounds bounds) {
    return bounds.equal().size();
  }

  private static List<Integer> rowKey(PhysicalPlan.Scan scan) {
    return scan.table().primaryKey();
  }

  private static List<Integer> ascending(IndexDefinition index) {
    List<Integer> ordinals = new ArrayList<>();
    for (IndexDefinition.Part part : index.parts()) {
      if (part.descending()) {
        break;
      }
      ordinals.add(part.ordinal());
    }
    return ordinals;
  }

  /** The variables of {@code ordinals} behind those that have one value. */
  private static List<Variable> columns(PhysicalPlan.Scan scan, List<Integer> ordinals, int fixed) {
    List<Variable> order = new ArrayList<>();
    for (int i = fixed; i < ordinals.size(); i++) {
      int position = scan.ordinals().indexOf(ordinals.get(i));
      if (position < 0) {
        break;
      }
      order.add(scan.output().get(position));
    }
    return order;
  }
}

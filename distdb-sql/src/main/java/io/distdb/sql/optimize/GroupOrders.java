// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.catalog.IndexDefinition;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Orders in which rows that are equal in some columns come together, and which may be cheap. */
final class GroupOrders {
  private final Collection<Variable> keys;
  private final Set<List<SortKey>> found = new LinkedHashSet<>();

  private GroupOrders(Collection<Variable> keys) {
    this.keys = keys;
  }

  /**
   * Orders of all of {@code keys}: that which a parent asks for, with the other keys behind, and
   * those of the indexes of the table that {@code input} reads; none when it reads no single table.
   *
   * @param asked by a parent; may be of other columns
   */
  static Collection<List<SortKey>> of(
      Relation input, Collection<Variable> keys, List<SortKey> asked) {
    GroupOrders orders = new GroupOrders(keys);
    Relation.Scan scan = scanOf(input);
    if (scan == null) {
      return List.of();
    }
    if (!asked.isEmpty() && keys.containsAll(asked.stream().map(SortKey::variable).toList())) {
      orders.add(asked);
    }
    Table table = scan.table();
    orders.add(input, scan, KeyOrder.ofPrimaryKey(table).parts());
    for (IndexDefinition index : table.indexes()) {
      if (index.kind().ordered()) {
        orders.add(input, scan, index.parts());
      }
    }
    return orders.found;
  }

  /** The table below filters and projections. */
  private static Relation.Scan scanOf(Relation relation) {
    return switch (relation) {
      case Relation.Scan scan -> scan;
      case Relation.Filter filter -> scanOf(filter.input());
      case Relation.Project project -> scanOf(project.input());
      default -> null;
    };
  }

  private void add(Relation input, Relation.Scan scan, List<IndexDefinition.Part> parts) {
    List<SortKey> order = new ArrayList<>();
    for (IndexDefinition.Part part : parts) {
      Variable key = keyOf(input, scan, part.ordinal());
      if (key != null) {
        order.add(new SortKey(key, part.descending(), part.nullsFirst()));
      }
    }
    if (!order.isEmpty()) {
      add(order);
    }
  }

  /** The key that is column {@code ordinal} of the table, or null. */
  private Variable keyOf(Relation input, Relation.Scan scan, int ordinal) {
    for (Variable key : keys) {
      Variable column = below(input, key);
      int position = column == null ? -1 : scan.output().indexOf(column);
      if (position >= 0 && scan.ordinals().get(position) == ordinal) {
        return key;
      }
    }
    return null;
  }

  /** The variable of the scan that {@code variable} of {@code relation} is, or null. */
  private static Variable below(Relation relation, Variable variable) {
    return switch (relation) {
      case Relation.Filter filter -> below(filter.input(), variable);
      case Relation.Project project ->
          project.assignments().stream()
              .filter(a -> a.variable().equals(variable))
              .map(Relation.Assignment::expression)
              .filter(Expression.Reference.class::isInstance)
              .findFirst()
              .map(e -> below(project.input(), ((Expression.Reference) e).variable()))
              .orElse(null);
      default -> variable;
    };
  }

  private void add(List<SortKey> first) {
    List<SortKey> order = new ArrayList<>(first);
    for (Variable key : keys) {
      if (order.stream().noneMatch(sorted -> sorted.variable().equals(key))) {
        order.add(new SortKey(key, false, false));
      }
    }
    found.add(List.copyOf(order));
  }
}

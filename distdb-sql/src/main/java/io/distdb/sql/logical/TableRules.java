// SPDX-License-Identifier: MIT
package io.distdb.sql.logical;

import io.distdb.sql.catalog.Constraint;
import io.distdb.sql.catalog.Table;
import java.util.List;

/**
 * What rows of a table must satisfy beside NOT NULL and unique indexes, with the expressions that
 * the catalog keeps as text analyzed.
 *
 * @param columns one variable for each column of the table, which the expressions refer to
 * @param outgoing the table's own foreign keys
 * @param incoming foreign keys of any table that refer to this one
 */
public record TableRules(
    List<Variable> columns, List<Check> checks, List<Link> outgoing, List<Link> incoming) {
  public TableRules {
    columns = List.copyOf(columns);
    checks = List.copyOf(checks);
    outgoing = List.copyOf(outgoing);
    incoming = List.copyOf(incoming);
  }

  /** Violated by a row for which {@code condition} is false. */
  public record Check(String name, List<Integer> columns, Expression condition) {}

  /**
   * A foreign key with both of its tables.
   *
   * @param defaults what SET DEFAULT puts into the referencing columns; empty without it
   */
  public record Link(
      Table referencing, Constraint.ForeignKey key, Table referenced, List<Expression> defaults) {
    public Link {
      defaults = List.copyOf(defaults);
    }
  }

  /** Knows the rules of every table at one schema version. */
  @FunctionalInterface
  public interface Book {
    TableRules of(Table table);
  }
}

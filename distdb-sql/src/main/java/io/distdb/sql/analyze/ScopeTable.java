// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Variable;
import java.util.List;
import java.util.Optional;

/**
 * A table, or another item of FROM, under its alias.
 *
 * @param table absent for what is no stored table: rows that a query or function makes
 * @param variables one for each column
 * @param nullable whether an outer join may leave a row without one of this table
 * @param number of a table of the system in the catalog; absent for all others
 */
record ScopeTable(
    String alias,
    Optional<Table> table,
    List<Variable> variables,
    List<ScopeColumn> columns,
    boolean nullable,
    Optional<Long> number) {
  ScopeTable {
    variables = List.copyOf(variables);
    columns = List.copyOf(columns);
  }

  ScopeTable(
      String alias, Optional<Table> table, List<Variable> variables, List<ScopeColumn> columns) {
    this(alias, table, variables, columns, false, Optional.empty());
  }

  /** On the side of an outer join that may have no row. */
  ScopeTable asNullable() {
    return new ScopeTable(alias, table, variables, columns, true, number);
  }

  /** As a table of the system. */
  ScopeTable withNumber(long newNumber) {
    return new ScopeTable(alias, table, variables, columns, nullable, Optional.of(newNumber));
  }

  /** Whether it is this very table; of what is no stored table only the name is known. */
  boolean isOf(String schema, String name) {
    return table
        .map(stored -> stored.schema().equals(schema) && stored.name().equals(name))
        .orElse(true);
  }
}

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
 */
record ScopeTable(
    String alias, Optional<Table> table, List<Variable> variables, List<ScopeColumn> columns) {
  ScopeTable {
    variables = List.copyOf(variables);
    columns = List.copyOf(columns);
  }

  /** Whether it is this very table; of what is no stored table only the name is known. */
  boolean isOf(String schema, String name) {
    return table
        .map(stored -> stored.schema().equals(schema) && stored.name().equals(name))
        .orElse(true);
  }
}

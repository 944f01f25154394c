// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Variable;
import java.util.List;

/**
 * A table of FROM under its alias.
 *
 * @param variables one for each column of {@code table}
 */
record ScopeTable(String alias, Table table, List<Variable> variables, List<ScopeColumn> columns) {
  ScopeTable {
    variables = List.copyOf(variables);
    columns = List.copyOf(columns);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The columns that an expression may name.
 *
 * @param columns of the query's own FROM
 * @param outer of the query around
 * @param keys columns that together tell the rows apart; none when nothing does
 */
record Scope(List<Column> columns, Optional<Scope> outer, List<String> keys) {
  static final Scope EMPTY = new Scope(List.of(), Optional.empty(), List.of());

  /** A column as it is written, with its alias in front. */
  record Column(String sql, Kind kind) {}

  Scope alone() {
    return new Scope(columns, Optional.empty(), keys);
  }

  List<String> of(Kind kind) {
    List<String> names = new ArrayList<>();
    columns.forEach(column -> {
      if (column.kind() == kind) {
        names.add(column.sql());
      }
    });
    return names;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that an expression may use.
 *
 * @param columns what unqualified names and {@code *} find, in order; columns merged by USING once
 */
record Scope(List<ScopeTable> tables, List<ScopeColumn> columns) {
  static final Scope EMPTY = new Scope(List.of(), List.of());

  Scope {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
  }

  static Scope of(ScopeTable table) {
    return new Scope(List.of(table), table.columns());
  }

  /** Both sides, without merged columns. */
  Scope and(Scope right) {
    List<ScopeColumn> all = new ArrayList<>(columns);
    all.addAll(right.columns);
    return new Scope(tablesWith(right), all);
  }

  List<ScopeTable> tablesWith(Scope right) {
    List<ScopeTable> all = new ArrayList<>(tables);
    all.addAll(right.tables);
    return all;
  }

  Optional<ScopeTable> table(String alias) {
    return tables.stream().filter(table -> table.alias().equals(alias)).findFirst();
  }

  /** The unqualified columns of that name. */
  List<ScopeColumn> named(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).toList();
  }

  /**
   * @throws DistDbException {@code UNDEFINED_COLUMN}, {@code AMBIGUOUS_COLUMN}, {@code
   *     UNDEFINED_TABLE}
   */
  ScopeColumn resolve(Expr.Column column) {
    String name = column.name().text();
    List<ScopeColumn> found =
        column.table().isPresent()
            ? requireTable(column.table().get(), column.span()).columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .toList()
            : named(name);
    if (found.size() > 1) {
      throw ambiguous(name, column.span());
    }
    if (found.isEmpty()) {
      throw undefinedColumn(column);
    }
    return found.getFirst();
  }

  static DistDbException ambiguous(String name, SourceSpan span) {
    return new DistDbException(
            ErrorCode.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous")
        .withHint("Put the name of its table before it.")
        .at(span.position());
  }

  ScopeTable requireTable(Name alias, SourceSpan span) {
    return table(alias.text()).orElseThrow(() -> undefinedTable(alias.text(), span));
  }

  private DistDbException undefinedTable(String alias, SourceSpan span) {
    for (ScopeTable table : tables) {
      if (table.table().isPresent() && table.table().get().name().equals(alias)) {
        return new DistDbException(
                ErrorCode.UNDEFINED_TABLE,
                "invalid reference to FROM-clause entry for table \"" + alias + "\"")
            .withHint("Perhaps you meant to reference the table alias \"" + table.alias() + "\".")
            .at(span.position());
      }
    }
    DistDbException error =
        new DistDbException(
                ErrorCode.UNDEFINED_TABLE, "missing FROM-clause entry for table \"" + alias + "\"")
            .at(span.position());
    return Suggestion.nearest(alias, tables.stream().map(ScopeTable::alias).toList())
        .map(near -> error.withHint("Perhaps you meant \"" + near + "\"."))
        .orElse(error);
  }

  private DistDbException undefinedColumn(Expr.Column column) {
    String name = column.name().text();
    String written =
        column.table().map(table -> table.text() + "." + name).orElse("\"" + name + "\"");
    DistDbException error =
        new DistDbException(ErrorCode.UNDEFINED_COLUMN, "column " + written + " does not exist")
            .at(column.span().position());
    List<String> candidates = new ArrayList<>();
    for (ScopeTable table : tables) {
      if (column.table().map(Name::text).orElse(table.alias()).equals(table.alias())) {
        table.columns().forEach(candidate -> candidates.add(candidate.name()));
      }
    }
    return Suggestion.nearest(name, candidates)
        .map(near -> error.withHint("Perhaps you meant to reference the column " + quote(near)))
        .orElse(error);
  }

  /** With its table, as PostgreSQL says it. */
  private String quote(String name) {
    return tables.stream()
        .flatMap(table -> table.columns().stream())
        .filter(column -> column.name().equals(name))
        .findFirst()
        .map(column -> "\"" + column.table() + "." + name + "\".")
        .orElse("\"" + name + "\".");
  }
}

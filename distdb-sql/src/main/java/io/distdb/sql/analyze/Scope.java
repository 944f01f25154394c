// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The names that an expression may use.
 *
 * @param columns what unqualified names and {@code *} find, in order; columns merged by USING once
 * @param outer what the query around has; a name that is not found here is looked up there
 */
record Scope(List<ScopeTable> tables, List<ScopeColumn> columns, Optional<Outer> outer) {
  static final Scope EMPTY = new Scope(List.of(), List.of());

  /**
   * The clause of a query around.
   *
   * @param aggregates of that query, in that clause: an aggregate of its columns alone is its own,
   *     though it is written within the subquery
   */
  record Outer(Scope scope, AggregateCollector aggregates) {}

  Scope(List<ScopeTable> tables, List<ScopeColumn> columns) {
    this(tables, columns, Optional.empty());
  }

  Scope {
    tables = List.copyOf(tables);
    columns = List.copyOf(columns);
  }

  static Scope of(ScopeTable table) {
    return new Scope(List.of(table), table.columns());
  }

  /** The same names within another query's clause. */
  Scope within(Optional<Outer> around) {
    return new Scope(tables, columns, around);
  }

  /** Both sides, without merged columns. */
  Scope and(Scope right) {
    List<ScopeColumn> all = new ArrayList<>(columns);
    all.addAll(right.columns);
    return new Scope(tablesWith(right), all, outer);
  }

  /** Whether the variable is of a table of this query itself. */
  boolean owns(Variable variable) {
    return tables.stream().anyMatch(table -> table.variables().contains(variable))
        || columns.stream().anyMatch(column -> isOf(column, variable));
  }

  private static boolean isOf(ScopeColumn column, Variable variable) {
    return io.distdb.sql.logical.Expressions.references(column.expression()).contains(variable);
  }

  List<ScopeTable> tablesWith(Scope right) {
    List<ScopeTable> all = new ArrayList<>(tables);
    all.addAll(right.tables);
    return all;
  }

  Optional<ScopeTable> table(String alias) {
    return tables.stream().filter(table -> table.alias().equals(alias)).findFirst();
  }

  /** With a schema, the table of that name that has no alias. */
  private Optional<ScopeTable> table(Optional<Name> schema, Name alias) {
    return tables.stream()
        .filter(table -> table.alias().equals(alias.text()))
        .filter(table -> schema.isEmpty() || table.isOf(schema.get().text(), alias.text()))
        .findFirst();
  }

  /** The unqualified columns of that name. */
  List<ScopeColumn> named(String name) {
    return columns.stream().filter(column -> column.name().equals(name)).toList();
  }

  /** With its tables on the side of an outer join that may have no row. */
  Scope asNullable() {
    return new Scope(tables.stream().map(ScopeTable::asNullable).toList(), columns, outer);
  }

  /**
   * A column, or the row of a table.
   *
   * @throws DistDbException {@code UNDEFINED_COLUMN}, {@code AMBIGUOUS_COLUMN}, {@code
   *     UNDEFINED_TABLE}
   */
  Expression resolve(Expr.Column column, StatementContext context) {
    for (Optional<Scope> scope = Optional.of(this); scope.isPresent(); ) {
      Optional<ScopeColumn> found = scope.get().find(column);
      if (found.isPresent()) {
        return found.get().at(column.span(), context);
      }
      scope = scope.get().around();
    }
    if (column.table().isPresent()) {
      requireTable(column.schema(), column.table().get(), column.span());
    }
    return tableAround(column)
        .map(table -> RowValues.whole(table, column.span(), context))
        .orElseThrow(() -> undefinedColumn(column));
  }

  /** The table of this query, or else of one around it, that an unqualified name means. */
  private Optional<ScopeTable> tableAround(Expr.Column name) {
    return name.table().isPresent()
        ? Optional.empty()
        : table(name.name().text()).or(() -> around().flatMap(scope -> scope.tableAround(name)));
  }

  private Optional<Scope> around() {
    return outer.map(Outer::scope);
  }

  /** The column in this scope alone; a table of that name here hides those around. */
  private Optional<ScopeColumn> find(Expr.Column column) {
    String name = column.name().text();
    Optional<ScopeTable> table = column.table().flatMap(alias -> table(column.schema(), alias));
    if (column.table().isPresent() && table.isEmpty()) {
      return Optional.empty();
    }
    List<ScopeColumn> found =
        table.isEmpty()
            ? named(name)
            : table.get().columns().stream()
                .filter(candidate -> candidate.name().equals(name))
                .toList();
    if (found.size() > 1) {
      throw ambiguous(name, column.span());
    }
    if (found.isEmpty() && name.equals(TableOid.NAME)) {
      Optional<ScopeColumn> number = TableOid.of(table.map(List::of).orElse(tables), column.span());
      if (number.isPresent()) {
        return number;
      }
    }
    if (found.isEmpty() && table.isPresent()) {
      throw undefinedColumn(column);
    }
    return found.stream().findFirst();
  }

  static DistDbException ambiguous(String name, SourceSpan span) {
    return new DistDbException(
            ErrorCode.AMBIGUOUS_COLUMN, "column reference \"" + name + "\" is ambiguous")
        .withHint("Put the name of its table before it.")
        .at(span.position());
  }

  /** A table of this query or of one around it. */
  ScopeTable requireTable(Optional<Name> schema, Name alias, SourceSpan span) {
    return table(schema, alias)
        .or(() -> around().map(scope -> scope.requireTable(schema, alias, span)))
        .orElseThrow(() -> undefinedTable(alias.text(), span));
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

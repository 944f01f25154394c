// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.catalog.Oids;
import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.List;
import java.util.Optional;

/**
 * {@code tableoid}: the number of the table that a row is of (PostgreSQL documentation, 5.5). No
 * {@code *} finds it.
 */
final class TableOid {
  static final String NAME = "tableoid";

  private TableOid() {}

  /**
   * The column of one of these tables; absent when none of them has it.
   *
   * @throws DistDbException {@code AMBIGUOUS_COLUMN}
   */
  static Optional<ScopeColumn> of(List<ScopeTable> tables, SourceSpan span) {
    List<ScopeTable> numbered = tables.stream().filter(t -> number(t).isPresent()).toList();
    if (numbered.size() > 1) {
      throw Scope.ambiguous(NAME, span);
    }
    return numbered.stream()
        .findFirst()
        .map(table ->
            new ScopeColumn(table.alias(), NAME, expression(table, number(table).get(), span)));
  }

  private static Optional<Long> number(ScopeTable table) {
    return table.table().map(Oids::of).or(table::number);
  }

  /** The number, or NULL where an outer join has no row of the table. */
  private static Expression expression(ScopeTable table, long number, SourceSpan span) {
    Expression literal = new Expression.Literal(Value.oid(number), SqlType.OID);
    if (!table.nullable()) {
      return literal;
    }
    Variable present =
        present(table)
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.FEATURE_NOT_SUPPORTED,
                        "tableoid on the nullable side of an outer join is not supported yet for a"
                            + " table without NOT NULL columns")
                    .at(span.position()));
    Expression absent = new Expression.IsNull(new Expression.Reference(present));
    return new Expression.Case(
        List.of(new Expression.When(absent, new Expression.Literal(Value.NULL, SqlType.OID))),
        Optional.of(literal),
        SqlType.OID);
  }

  /** A column that is NULL only where there is no row; of a system table the first is one. */
  private static Optional<Variable> present(ScopeTable table) {
    if (table.table().isEmpty()) {
      return Optional.of(table.variables().getFirst());
    }
    Table stored = table.table().get();
    for (int i = 0; i < stored.columns().size(); i++) {
      if (stored.columns().get(i).notNull()) {
        return Optional.of(table.variables().get(i));
      }
    }
    return Optional.empty();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expression.Comparison;
import java.util.ArrayList;
import java.util.List;

/**
 * JOIN … USING: equality of columns of one name, which the result has once, before all others, in
 * their common type. Where both sides are there they are equal, so the merged column is that of a
 * side that is always there: the left one, but of a RIGHT join the right one, and of a FULL join
 * the one that is not NULL.
 */
final class JoinUsing {
  private final StatementContext context;
  private final Query.JoinType type;
  private final Scope left;
  private final Scope right;
  private final OperatorAnalyzer operators;
  private final List<Expression> conditions = new ArrayList<>();
  private final List<ScopeColumn> merged = new ArrayList<>();

  JoinUsing(StatementContext context, Query.JoinType type, Scope left, Scope right) {
    this.context = context;
    this.type = type;
    this.left = left;
    this.right = right;
    this.operators =
        new ExpressionAnalyzer(
                context, Scope.EMPTY, AggregateCollector.forbiddenIn(context, "JOIN conditions"))
            .operators();
  }

  void add(Name name) {
    if (merged.stream().anyMatch(column -> column.name().equals(name.text()))) {
      throw new DistDbException(
              ErrorCode.DUPLICATE_COLUMN,
              "column name \"" + name + "\" appears more than once in USING clause")
          .at(name.span().position());
    }
    Operand leftColumn = side(left, name, "left");
    Operand rightColumn = side(right, name, "right");
    Expression condition =
        operators.compare(Comparison.EQUAL, leftColumn, rightColumn, name.span());
    conditions.add(condition);
    if (condition instanceof Expression.Compare compare) {
      merged.add(new ScopeColumn("", name.text(), merged(compare)));
    }
  }

  private Expression merged(Expression.Compare equality) {
    return switch (type) {
      case INNER, LEFT -> equality.left();
      case RIGHT -> equality.right();
      case FULL ->
          new Expression.Coalesce(
              List.of(equality.left(), equality.right()), equality.left().type());
    };
  }

  private Operand side(Scope scope, Name name, String side) {
    List<ScopeColumn> found = scope.named(name.text());
    if (found.isEmpty()) {
      throw new DistDbException(
              ErrorCode.UNDEFINED_COLUMN,
              "column \""
                  + name
                  + "\" specified in USING clause does not exist in "
                  + side
                  + " table")
          .at(name.span().position());
    }
    if (found.size() > 1) {
      throw new DistDbException(
              ErrorCode.AMBIGUOUS_COLUMN,
              "common column name \"" + name + "\" appears more than once in " + side + " table")
          .at(name.span().position());
    }
    return new Operand.Typed(name.span(), found.getFirst().at(name.span(), context));
  }

  Expression condition() {
    return conditions.size() == 1 ? conditions.getFirst() : new Expression.And(conditions);
  }

  Scope scope() {
    List<ScopeColumn> columns = new ArrayList<>(merged);
    left.columns().stream().filter(column -> !isMerged(column)).forEach(columns::add);
    right.columns().stream().filter(column -> !isMerged(column)).forEach(columns::add);
    return new Scope(left.tablesWith(right), columns, left.outer());
  }

  private boolean isMerged(ScopeColumn column) {
    return merged.stream().anyMatch(other -> other.name().equals(column.name()));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.LiteralKind;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import java.util.List;

/**
 * The items of GROUP BY: an ordinal of the select list, a column, a name of the select list, or an
 * expression. A column of FROM goes before a name of the select list, as in PostgreSQL.
 */
final class GroupBy {
  /** As many as PostgreSQL takes: what comes later looks through them for each column. */
  private static final int KEYS_MAX = 1_664;

  private final Scope scope;
  private final ExpressionAnalyzer expressions;
  private final List<OutputColumn> outputs;

  GroupBy(Scope scope, ExpressionAnalyzer expressions, List<OutputColumn> outputs) {
    this.scope = scope;
    this.expressions = expressions;
    this.outputs = outputs;
  }

  GroupSets analyze(List<Query.GroupItem> items, boolean distinct, List<OutputColumn> aggregated) {
    if (items.size() > KEYS_MAX) {
      throw new DistDbException(
              ErrorCode.TOO_MANY_COLUMNS,
              "GROUP BY has " + items.size() + " items; it can have at most " + KEYS_MAX)
          .at(span(items.get(KEYS_MAX)).position());
    }
    return GroupSets.of(items, distinct, item -> key(item, aggregated));
  }

  private static SourceSpan span(Query.GroupItem item) {
    return switch (item) {
      case Query.GroupKeys keys -> keys.span();
      case Query.GroupSets sets -> sets.span();
    };
  }

  private Expression key(Expr item, List<OutputColumn> aggregated) {
    if (item instanceof Expr.NumberConstant constant) {
      return allowed(ordinal(constant, outputs, "GROUP BY"), aggregated, item);
    }
    refuseConstant(item, "GROUP BY");
    if (item instanceof Expr.Column column
        && column.table().isEmpty()
        && scope.named(column.name().text()).isEmpty()) {
      List<OutputColumn> named = named(column, outputs, "GROUP BY");
      if (!named.isEmpty()) {
        return allowed(named.getFirst(), aggregated, item);
      }
    }
    return expressions.settled(item);
  }

  private static Expression allowed(OutputColumn column, List<OutputColumn> aggregated, Expr item) {
    if (aggregated.contains(column)) {
      throw new DistDbException(
              ErrorCode.GROUPING_ERROR, "aggregate functions are not allowed in GROUP BY")
          .at(item.span().position());
    }
    return column.expression();
  }

  /** Output columns of that name; several must be the same. */
  static List<OutputColumn> named(Expr.Column column, List<OutputColumn> outputs, String clause) {
    List<OutputColumn> named =
        outputs.stream().filter(output -> output.name().equals(column.name().text())).toList();
    for (OutputColumn other : named) {
      if (!other.expression().equals(named.getFirst().expression())) {
        throw new DistDbException(
                ErrorCode.AMBIGUOUS_COLUMN, clause + " \"" + column.name() + "\" is ambiguous")
            .at(column.span().position());
      }
    }
    return named;
  }

  /** The column that a number stands for. */
  static OutputColumn ordinal(
      Expr.NumberConstant constant, List<OutputColumn> outputs, String clause) {
    if (constant.number().kind() == LiteralKind.DECIMAL) {
      throw nonInteger(constant, clause);
    }
    long ordinal = constant.number().longValue();
    if (ordinal < 1 || ordinal > outputs.size()) {
      throw new DistDbException(
              ErrorCode.INVALID_COLUMN_REFERENCE,
              clause + " position " + ordinal + " is not in select list")
          .withHint("The list has columns 1 to " + outputs.size() + ".")
          .at(constant.span().position());
    }
    return outputs.get((int) ordinal - 1);
  }

  static void refuseConstant(Expr item, String clause) {
    if (item instanceof Expr.StringConstant
        || item instanceof Expr.BooleanConstant
        || item instanceof Expr.Null) {
      throw nonInteger(item, clause);
    }
  }

  private static DistDbException nonInteger(Expr item, String clause) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, "non-integer constant in " + clause)
        .at(item.span().position());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.SourceSpan;
import io.distdb.sql.logical.Expression;
import java.util.ArrayList;
import java.util.List;

/**
 * The items of ORDER BY: an ordinal of the select list, a name of the select list, or an
 * expression. A name of the select list goes before a column of FROM, as in PostgreSQL.
 */
final class OrderBy {
  /**
   * What to sort by.
   *
   * @param expression over what FROM gives, as the select list's are
   */
  record Key(Expression expression, boolean descending, boolean nullsFirst, SourceSpan span) {}

  private final ExpressionAnalyzer expressions;
  private final List<OutputColumn> outputs;

  OrderBy(ExpressionAnalyzer expressions, List<OutputColumn> outputs) {
    this.expressions = expressions;
    this.outputs = outputs;
  }

  List<Key> analyze(List<Query.OrderItem> items) {
    if (items.size() > SelectList.COLUMNS_MAX) {
      throw SelectList.tooMany(
          "ORDER BY", items.size(), items.get(SelectList.COLUMNS_MAX).expression().span());
    }
    List<Key> keys = new ArrayList<>(items.size());
    for (Query.OrderItem item : items) {
      boolean nullsFirst = item.nullsFirst().orElse(item.descending());
      keys.add(
          new Key(
              expression(item.expression(), "ORDER BY"),
              item.descending(),
              nullsFirst,
              item.expression().span()));
    }
    return keys;
  }

  /** Items that order nothing by themselves: those of DISTINCT ON. */
  List<Key> keys(List<Expr> items, String clause) {
    List<Key> keys = new ArrayList<>(items.size());
    items.forEach(item -> keys.add(new Key(expression(item, clause), false, false, item.span())));
    return keys;
  }

  private Expression expression(Expr item, String clause) {
    if (item instanceof Expr.NumberConstant constant) {
      return GroupBy.ordinal(constant, outputs, clause).expression();
    }
    GroupBy.refuseConstant(item, clause);
    if (item instanceof Expr.Column column && column.table().isEmpty()) {
      List<OutputColumn> named = GroupBy.named(column, outputs, clause);
      if (!named.isEmpty()) {
        return named.getFirst().expression();
      }
    }
    return expressions.settled(item);
  }
}

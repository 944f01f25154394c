// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.logical.Expression;
import java.util.List;

/**
 * What DISTINCT asks for.
 *
 * @param rows whether whole rows come once
 * @param keys of DISTINCT ON, over what FROM gives; the first row of each key comes
 */
record Distinct(boolean rows, List<OrderBy.Key> keys) {
  static final Distinct NONE = new Distinct(false, List.of());
  static final Distinct ROWS = new Distinct(true, List.of());

  Distinct {
    keys = List.copyOf(keys);
  }

  /**
   * @throws DistDbException {@code INVALID_COLUMN_REFERENCE}: ORDER BY does not start with the keys
   */
  void check(List<OrderBy.Key> order) {
    int distinct = (int) keys.stream().map(OrderBy.Key::expression).distinct().count();
    for (int i = 0; i < Math.min(distinct, order.size()); i++) {
      if (!hasKey(order.get(i).expression())) {
        throw new DistDbException(
                ErrorCode.INVALID_COLUMN_REFERENCE,
                "SELECT DISTINCT ON expressions must match initial ORDER BY expressions")
            .at(order.get(i).span().position());
      }
    }
  }

  private boolean hasKey(Expression expression) {
    return keys.stream().anyMatch(key -> key.expression().equals(expression));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.plan.PhysicalPlan.Fetch;
import java.util.List;
import java.util.Optional;

/**
 * What a parent would like of its input.
 *
 * @param order an order that would spare a sort; may be ignored
 * @param rows how many rows are probably read; infinite for all
 * @param fetch the limit itself, for a sort that only passes projections on its way up
 */
record Request(List<SortKey> order, double rows, Optional<Fetch> fetch) {
  static final Request ALL = new Request(List.of(), Double.POSITIVE_INFINITY, Optional.empty());

  Request withoutFetch() {
    return new Request(order, rows, Optional.empty());
  }

  Request ordered(List<SortKey> keys) {
    return new Request(keys, rows, Optional.empty());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.JoinKind;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.List;

/**
 * A relation that is joined, with its plan on its own.
 *
 * @param kind INNER; or LEFT, SEMI or ANTI for one that is the right side of such a join
 * @param on the condition of that join; empty for INNER
 * @param required the leaves that must have been joined before, as bits; 0 for INNER
 */
record JoinLeaf(
    Relation relation, PhysicalPlan plan, JoinKind kind, List<Expression> on, long required) {
  JoinLeaf {
    on = List.copyOf(on);
  }

  boolean isFree() {
    return kind.isInner();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Relation;

/** Rewrites one node, whose inputs are rewritten already. Pure. */
@FunctionalInterface
public interface Rule {
  /** An equivalent relation with the same output; the same object when there is nothing to do. */
  Relation apply(Relation relation);
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Relation;

/**
 * Removes a DISTINCT over rows that are distinct: of another DISTINCT, or of GROUP BY with all its
 * keys.
 *
 * <pre>
 * Distinct
 *   Aggregate (keys: x)     =>     Aggregate (keys: x)
 *     input                          input
 * </pre>
 */
public final class RemoveRepeatedDistinct implements Rule {
  @Override
  public Relation apply(Relation relation) {
    return relation instanceof Relation.Distinct outer
            && (outer.input() instanceof Relation.Distinct
                || outer.input() instanceof Relation.Aggregate)
        ? outer.input()
        : relation;
  }
}

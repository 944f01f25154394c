// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.rule;

import io.distdb.sql.logical.Relation;

/**
 * Filters before equal rows are looked for, or rows are sorted: both leave rows as they are.
 *
 * <pre>
 * Filter (a = 1)           Distinct
 *   Distinct         =>      Filter (a = 1)
 *     input                    input
 * </pre>
 */
public final class PushFilterBelowDistinct implements Rule {
  @Override
  public Relation apply(Relation relation) {
    if (!(relation instanceof Relation.Filter filter)) {
      return relation;
    }
    return switch (filter.input()) {
      case Relation.Distinct distinct ->
          new Relation.Distinct(new Relation.Filter(distinct.input(), filter.predicate()));
      case Relation.Sort sort ->
          new Relation.Sort(new Relation.Filter(sort.input(), filter.predicate()), sort.keys());
      default -> relation;
    };
  }
}

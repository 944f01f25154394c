// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

import io.distdb.sql.logical.Expression;
import java.util.List;
import java.util.Optional;

/**
 * A range of an ordered key: its first columns equal {@code equal}, the next is within the bounds.
 * In values, whatever the direction in which the key keeps them. NULL in any of the expressions
 * means that no row matches.
 */
public record KeyBounds(
    List<Expression> equal, Optional<Bound> lower, Optional<Bound> upper, Nulls nulls) {
  public static final KeyBounds ALL =
      new KeyBounds(List.of(), Optional.empty(), Optional.empty(), Nulls.INCLUDED);

  public KeyBounds {
    equal = List.copyOf(equal);
  }

  /** Whether the column behind {@code equal} is restricted. */
  public boolean isRange() {
    return lower.isPresent() || upper.isPresent() || nulls != Nulls.INCLUDED;
  }

  /** Whether the column behind {@code equal} may be NULL; with bounds it never is. */
  public enum Nulls {
    INCLUDED,
    EXCLUDED,
    /** There are no bounds. */
    ONLY
  }

  /** One end. */
  public record Bound(Expression value, boolean inclusive) {}
}

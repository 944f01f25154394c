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
public record KeyBounds(List<Expression> equal, Optional<Bound> lower, Optional<Bound> upper) {
  public static final KeyBounds ALL = new KeyBounds(List.of(), Optional.empty(), Optional.empty());

  public KeyBounds {
    equal = List.copyOf(equal);
  }

  public boolean isRange() {
    return lower.isPresent() || upper.isPresent();
  }

  /** One end. */
  public record Bound(Expression value, boolean inclusive) {}
}

// SPDX-License-Identifier: MIT
package io.distdb.api.type;

import java.util.List;
import java.util.Objects;

/**
 * A value of an array type: elements in row-major order under zero or more dimensions (PostgreSQL
 * documentation, 8.15). Immutable.
 *
 * <p>{@link #equals} compares Java values; SQL's order of arrays is the executor's.
 *
 * @param elementType without modifiers
 * @param dimensions empty for the empty array
 * @param elements as many as the lengths multiply to; {@link Value#NULL} or values of the element
 *     type
 * @param vector whether its type is {@code int2vector} or {@code oidvector}
 */
public record SqlArray(
    SqlType elementType, List<Dimension> dimensions, List<Value> elements, boolean vector) {
  /** PostgreSQL's limit. */
  public static final int DIMENSIONS_MAX = 6;

  /**
   * @param lower the first subscript, 1 unless said otherwise
   * @param length at least 1
   */
  public record Dimension(int lower, int length) {
    public int upper() {
      return lower + length - 1;
    }
  }

  public SqlArray {
    Objects.requireNonNull(elementType, "elementType");
    dimensions = List.copyOf(dimensions);
    elements = List.copyOf(elements);
    long expected = dimensions.isEmpty() ? 0 : 1;
    for (Dimension dimension : dimensions) {
      expected *= dimension.length();
    }
    if (expected != elements.size()) {
      throw new IllegalArgumentException(elements.size() + " elements for " + dimensions);
    }
  }

  public SqlArray(SqlType elementType, List<Dimension> dimensions, List<Value> elements) {
    this(elementType, dimensions, elements, false);
  }

  /** An {@code int2vector} or {@code oidvector}: one dimension from 0. */
  public static SqlArray vectorOf(SqlType elementType, List<Value> elements) {
    return new SqlArray(
        elementType,
        elements.isEmpty() ? List.of() : List.of(new Dimension(0, elements.size())),
        elements,
        true);
  }

  /** One dimension from 1; no elements make the empty array. */
  public static SqlArray of(SqlType elementType, List<Value> elements) {
    return new SqlArray(
        elementType,
        elements.isEmpty() ? List.of() : List.of(new Dimension(1, elements.size())),
        elements);
  }

  public boolean isEmpty() {
    return elements.isEmpty();
  }
}

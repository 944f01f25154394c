// SPDX-License-Identifier: MIT
package io.distdb.api.index;

/** An index in a store: a table's rows, or a secondary index. Given out once, never reused. */
public record IndexId(long value) implements Comparable<IndexId> {
  public IndexId {
    if (value < 0) {
      throw new IllegalArgumentException("an index id is not negative, this one is " + value);
    }
  }

  @Override
  public int compareTo(IndexId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public int hashCode() {
    return Long.hashCode(value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

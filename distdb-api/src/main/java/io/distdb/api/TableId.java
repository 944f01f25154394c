// SPDX-License-Identifier: MIT
package io.distdb.api;

/** A table in the catalog: what schema changes lock and versions count. Never reused. */
public record TableId(long value) implements Comparable<TableId> {
  public TableId {
    if (value < 0) {
      throw new IllegalArgumentException("a table id is not negative, this one is " + value);
    }
  }

  @Override
  public int compareTo(TableId other) {
    return Long.compare(value, other.value);
  }

  @Override
  public String toString() {
    return Long.toString(value);
  }
}

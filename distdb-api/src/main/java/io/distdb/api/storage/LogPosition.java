// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

/** A place in a consensus group's log. Index 0 is before the first entry. */
public record LogPosition(long term, long index) implements Comparable<LogPosition> {
  public static final LogPosition START = new LogPosition(0, 0);

  public LogPosition {
    if (term < 0 || index < 0) {
      throw new IllegalArgumentException("not a log position: term " + term + ", index " + index);
    }
  }

  @Override
  public int compareTo(LogPosition other) {
    return Long.compare(index, other.index);
  }
}

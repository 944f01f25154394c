// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/**
 * Which outer rows have met a partner, of a join that reads them several times, each time with
 * other partners. Rows are known by their number, from 0, in the order in which they come.
 */
final class OuterMatches {
  private final long[] matched;
  private boolean last;

  /** The number of the first row of the batch. */
  private long first;

  /**
   * @param rows how many there are
   */
  OuterMatches(long rows) {
    matched = new long[Math.toIntExact((rows + Long.SIZE - 1) / Long.SIZE)];
  }

  /** Goes back to the first row. */
  void begin(boolean isLast) {
    first = 0;
    last = isLast;
  }

  /** Whether rows that have met nobody so far will meet nobody. */
  boolean isLast() {
    return last;
  }

  /** Whether row {@code n} of the batch met a partner in an earlier reading. */
  boolean isMatched(int n) {
    long row = first + n;
    return (matched[(int) (row / Long.SIZE)] >>> row & 1) != 0;
  }

  /** Takes in what was found of a batch's rows, and goes to the next batch. */
  void add(boolean[] met, int count) {
    for (int n = 0; n < count; n++) {
      long row = first + n;
      if (met[n]) {
        matched[(int) (row / Long.SIZE)] |= 1L << row;
      }
    }
    first += count;
  }

  long heapBytes() {
    return 8L * matched.length;
  }
}

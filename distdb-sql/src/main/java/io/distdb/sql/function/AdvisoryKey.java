// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

/**
 * What an advisory lock is on: a number of the application's, or two of half its size, which are a
 * space of their own.
 *
 * @param number the one, or the first as the upper half and the second as the lower
 */
public record AdvisoryKey(long number, boolean pair) {
  static AdvisoryKey of(long number) {
    return new AdvisoryKey(number, false);
  }

  static AdvisoryKey of(int first, int second) {
    return new AdvisoryKey(((long) first << Integer.SIZE) | Integer.toUnsignedLong(second), true);
  }

  /** As {@code pg_locks} has it, behind the database: {@code classid,objid,objsubid}. */
  @Override
  public String toString() {
    long upper = number >>> Integer.SIZE;
    long lower = Integer.toUnsignedLong((int) number);
    return upper + "," + lower + "," + (pair ? 2 : 1);
  }
}

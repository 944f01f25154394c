// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

/** How SQL orders values, where Java orders them otherwise. */
final class Ordering {
  private Ordering() {}

  /** -0 equals 0; NaN equals NaN and is above everything, as in PostgreSQL. */
  static int compare(double left, double right) {
    if (left < right) {
      return -1;
    }
    if (left > right) {
      return 1;
    }
    return left == right ? 0 : Boolean.compare(Double.isNaN(left), Double.isNaN(right));
  }

  /** By code points, which is the order of UTF-8 bytes; {@link String#compareTo} is not. */
  static int compare(String left, String right) {
    int shorter = Math.min(left.length(), right.length());
    for (int i = 0; i < shorter; i++) {
      char a = left.charAt(i);
      char b = right.charAt(i);
      if (a != b) {
        boolean bothOrNeither = Character.isSurrogate(a) == Character.isSurrogate(b);
        return bothOrNeither ? a - b : Character.isSurrogate(a) ? 1 : -1;
      }
    }
    return left.length() - right.length();
  }

  /** Mixes all bits into an int (the finalizer of MurmurHash3). */
  static int spread(long value) {
    long mixed = (value ^ value >>> 33) * 0xff51afd7ed558ccdL;
    return (int) (mixed ^ mixed >>> 32);
  }
}

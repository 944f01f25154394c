// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

/**
 * How far one name is from another: insertions, deletions, substitutions and swaps of neighbours
 * (Damerau's measure, in its restricted form).
 */
public final class EditDistance {
  /** Longer names are not compared: their distance is their length. */
  private static final int LENGTH_MAX = 64;

  private EditDistance() {}

  public static int between(String left, String right) {
    int columns = right.length();
    if (left.length() > LENGTH_MAX || columns > LENGTH_MAX) {
      return Math.max(left.length(), columns);
    }
    int[] before = new int[columns + 1];
    int[] last = new int[columns + 1];
    int[] row = new int[columns + 1];
    for (int j = 0; j <= columns; j++) {
      last[j] = j;
    }
    for (int i = 1; i <= left.length(); i++) {
      row[0] = i;
      for (int j = 1; j <= columns; j++) {
        int substitution = left.charAt(i - 1) == right.charAt(j - 1) ? 0 : 1;
        row[j] = Math.min(Math.min(last[j] + 1, row[j - 1] + 1), last[j - 1] + substitution);
        if (i > 1
            && j > 1
            && left.charAt(i - 1) == right.charAt(j - 2)
            && left.charAt(i - 2) == right.charAt(j - 1)) {
          row[j] = Math.min(row[j], before[j - 2] + 1);
        }
      }
      int[] spare = before;
      before = last;
      last = row;
      row = spare;
    }
    return last[columns];
  }

  /** Whether someone who wrote the other may have meant {@code name}: a third may be wrong. */
  public static boolean isNear(int distance, String name) {
    return distance <= Math.max(1, name.length() / 3) && 2 * distance <= name.length();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

/**
 * The words that matter to {@link StatementScanner}, found by their letters packed into a long (a
 * byte each, the last eight of a longer word).
 */
final class ScannerWords {
  /** Any other word: what follows it is left as it is. */
  static final byte PLAIN = 0;

  /** An expression may follow, so a literal there is one. */
  static final byte BEFORE_EXPRESSION = 1;

  static final byte SELECT = 2;

  /** INSERT, UPDATE, DELETE, EXECUTE. */
  static final byte CHANGE = 3;

  static final byte VALUES = 4;
  static final byte WHERE = 5;
  static final byte ORDER = 6;
  static final byte GROUP = 7;
  static final byte DISTINCT = 8;

  /** LIMIT, OFFSET. */
  static final byte LIMIT = 9;

  /** UNION, INTERSECT, EXCEPT. */
  static final byte SET_OPERATION = 10;

  static final byte AS = 11;
  static final byte IS = 12;

  /** Names of aggregates: plain words, but equal calls are found by their arguments. */
  static final byte AGGREGATE = 13;

  /** A keyword after an operand, a column's name elsewhere. */
  static final byte BETWEEN = 14;

  static final byte NOT = 15;

  private static final int SLOTS = 256;
  private static final long[] WORDS = new long[SLOTS];
  private static final byte[] ROLES = new byte[SLOTS];

  static {
    put(BEFORE_EXPRESSION, "and", "or", "in", "then", "else", "when", "case", "having", "on");
    put(BEFORE_EXPRESSION, "from", "all", "symmetric");
    put(BETWEEN, "between");
    put(NOT, "not");
    put(SELECT, "select");
    put(CHANGE, "insert", "update", "delete", "execute");
    put(VALUES, "values");
    put(WHERE, "where");
    put(ORDER, "order");
    put(GROUP, "group");
    put(DISTINCT, "distinct");
    put(LIMIT, "limit", "offset");
    put(SET_OPERATION, "union", "except", "intersect");
    put(AGGREGATE, "count", "sum", "min", "max", "avg");
    put(AS, "as");
    put(IS, "is");
  }

  private ScannerWords() {}

  private static void put(byte role, String... words) {
    for (String word : words) {
      long packed = 0; // the shift drops all but the last eight letters
      for (int i = 0; i < word.length(); i++) {
        packed = packed << 8 | word.charAt(i);
      }
      int slot = slot(packed);
      while (WORDS[slot] != 0) {
        slot = (slot + 1) % SLOTS;
      }
      WORDS[slot] = packed;
      ROLES[slot] = role;
    }
  }

  private static int slot(long packed) {
    return (int) ((packed * 0x9E3779B97F4A7C15L) >>> 56);
  }

  static byte roleOf(long packed) {
    int slot = slot(packed);
    while (WORDS[slot] != 0) {
      if (WORDS[slot] == packed) {
        return ROLES[slot];
      }
      slot = (slot + 1) % SLOTS;
    }
    return PLAIN;
  }
}

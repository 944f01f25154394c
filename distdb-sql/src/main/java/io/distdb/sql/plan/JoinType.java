// SPDX-License-Identifier: MIT
package io.distdb.sql.plan;

/** Which pairs, and which rows without a partner, a join operator gives; by its two inputs. */
public enum JoinType {
  INNER(""),
  /** Keeps rows of the first input (probe, outer). */
  LEFT(" Left"),
  /** Keeps rows of the second input (build, inner). */
  RIGHT(" Right"),
  FULL(" Full"),
  /** Rows of the first input with a partner, once; its columns alone. */
  SEMI(" Semi"),
  /** Rows of the first input without a partner; its columns alone. */
  ANTI(" Anti");

  private final String word;

  JoinType(String word) {
    this.word = word;
  }

  /** As EXPLAIN has it between {@code Hash} and {@code Join}. */
  public String word() {
    return word;
  }

  /** Whether rows of the first input come out even without a partner. */
  public boolean keepsFirst() {
    return this == LEFT || this == FULL;
  }

  /** Whether rows of the second input come out even without a partner. */
  public boolean keepsSecond() {
    return this == RIGHT || this == FULL;
  }

  /** Whether only columns of the first input come out. */
  public boolean isExistence() {
    return this == SEMI || this == ANTI;
  }
}

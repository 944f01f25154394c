// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.logical.Expression.Comparison;
import io.distdb.sql.vector.Vector;

/**
 * Compares two operands of one type. The comparison is a mask of the orders it accepts, so that one
 * loop serves all of them: bit 0 less, bit 1 equal, bit 2 greater.
 */
final class CompareKernel implements Kernel {
  private static final int LESS = 1;
  private static final int EQUAL = 2;
  private static final int GREATER = 4;

  private final int register;
  private final int accepted;
  private final boolean nullsCompare;
  private final boolean comparesLongs;
  private final Kernel left;
  private final Kernel right;

  /**
   * @param type of the operands
   */
  CompareKernel(int register, Comparison comparison, SqlType type, Kernel left, Kernel right) {
    this.register = register;
    this.left = left;
    this.right = right;
    accepted = accepted(comparison);
    nullsCompare =
        comparison == Comparison.DISTINCT_FROM || comparison == Comparison.NOT_DISTINCT_FROM;
    comparesLongs =
        !nullsCompare
            && switch (ColumnForm.of(type)) {
              case BOOLEAN, SHORT, INT, LONG -> true;
              case FLOAT, DOUBLE, TEXT, PADDED_TEXT, OBJECT -> false;
            };
  }

  private static int accepted(Comparison comparison) {
    return switch (comparison) {
      case EQUAL, NOT_DISTINCT_FROM -> EQUAL;
      case NOT_EQUAL, DISTINCT_FROM -> LESS | GREATER;
      case LESS -> LESS;
      case LESS_OR_EQUAL -> LESS | EQUAL;
      case GREATER -> GREATER;
      case GREATER_OR_EQUAL -> GREATER | EQUAL;
    };
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector a = left.evaluate(frame, selected, count);
    Vector b = right.evaluate(frame, selected, count);
    Vector result = frame.register(register, SqlType.BOOLEAN);
    if (comparesLongs) {
      compareLongs(a, b, result, selected, count);
      return result;
    }
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      if (a.nulls[row] || b.nulls[row]) {
        result.nulls[row] = !nullsCompare;
        boolean equal = a.nulls[row] && b.nulls[row];
        result.longs[row] = (accepted & (equal ? EQUAL : LESS)) != 0 ? 1 : 0;
      } else {
        result.nulls[row] = false;
        result.longs[row] = accepts(a.compare(row, b, row));
      }
    }
    return result;
  }

  /** As two whole loops, without the vector of what is true, where numbers are compared. */
  @Override
  public int select(Frame frame, int[] selected, int count, int[] target) {
    if (!comparesLongs) {
      return Kernel.super.select(frame, selected, count, target);
    }
    Vector a = left.evaluate(frame, selected, count);
    Vector b = right.evaluate(frame, selected, count);
    return accepted == EQUAL || accepted == (LESS | GREATER)
        ? selectEqual(a, b, accepted == EQUAL, selected, count, target)
        : selectInOrder(a, b, selected, count, target);
  }

  /** The rows where both are equal, or where they are not. */
  private static int selectEqual(
      Vector a, Vector b, boolean equal, int[] selected, int count, int[] target) {
    long[] x = a.longs;
    long[] y = b.longs;
    boolean[] unknown = a.nulls;
    boolean[] unknownToo = b.nulls;
    int flip = equal ? 1 : 0;
    int kept = 0;
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      target[kept] = row;
      long difference = x[row] ^ y[row];
      int differs = (int) ((difference | -difference) >>> 63);
      kept += unknown[row] | unknownToo[row] ? 0 : differs ^ flip;
    }
    return kept;
  }

  /**
   * The rows where one is less than the other, or where it is not. Half of the rows may be: the
   * comparison is arithmetic, as no branch could be foretold. Source: Warren, Hacker's Delight,
   * 2-12.
   */
  private int selectInOrder(Vector a, Vector b, int[] selected, int count, int[] target) {
    boolean swapped = accepted == GREATER || accepted == (LESS | EQUAL);
    long[] x = swapped ? b.longs : a.longs;
    long[] y = swapped ? a.longs : b.longs;
    boolean[] unknown = a.nulls;
    boolean[] unknownToo = b.nulls;
    int flip = (accepted & EQUAL) != 0 ? 1 : 0;
    int kept = 0;
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      target[kept] = row;
      long left = x[row];
      long right = y[row];
      int less = (int) ((left & ~right | ~(left ^ right) & left - right) >>> 63);
      kept += unknown[row] | unknownToo[row] ? 0 : less ^ flip;
    }
    return kept;
  }

  private void compareLongs(Vector a, Vector b, Vector result, int[] selected, int count) {
    long[] x = a.longs;
    long[] y = b.longs;
    for (int n = 0; n < count; n++) {
      int row = selected == null ? n : selected[n];
      result.nulls[row] = a.nulls[row] | b.nulls[row];
      result.longs[row] = accepted >>> orderBit(x[row], y[row]) & 1;
    }
  }

  /** Where in {@code accepted} the order of two numbers stands: 0 less, 1 equal, 2 greater. */
  private static int orderBit(long x, long y) {
    return x < y ? 0 : x == y ? 1 : 2;
  }

  private long accepts(int order) {
    return accepted >>> (Integer.signum(order) + 1) & 1;
  }
}

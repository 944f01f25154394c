// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.sql.vector.Vector;
import java.util.List;

/**
 * Searched CASE: each condition for the rows that none before it took, each result for the rows its
 * condition takes.
 */
final class CaseKernel implements Kernel {
  private final int register;
  private final SqlType type;
  private final List<Kernel> conditions;
  private final List<Kernel> results;
  private final Kernel otherwise;

  /**
   * @param register the first of three
   */
  CaseKernel(
      int register, SqlType type, List<Kernel> conditions, List<Kernel> results, Kernel otherwise) {
    this.register = register;
    this.type = type;
    this.conditions = List.copyOf(conditions);
    this.results = List.copyOf(results);
    this.otherwise = otherwise;
  }

  @Override
  public Vector evaluate(Frame frame, int[] selected, int count) {
    Vector result = frame.register(register, type);
    int[] open = selected;
    int openCount = count;
    for (int i = 0; i < conditions.size() && openCount > 0; i++) {
      Vector condition = conditions.get(i).evaluate(frame, open, openCount);
      int[] taken = frame.selection(register + 1);
      int[] left = frame.selection(register + 2);
      int takenCount = 0;
      int leftCount = 0;
      for (int n = 0; n < openCount; n++) {
        int row = open == null ? n : open[n];
        if (!condition.nulls[row] && condition.longs[row] != 0) {
          taken[takenCount++] = row;
        } else {
          left[leftCount++] = row;
        }
      }
      copy(results.get(i), frame, taken, takenCount, result);
      open = left;
      openCount = leftCount;
    }
    copy(otherwise, frame, open, openCount, result);
    return result;
  }

  private static void copy(Kernel kernel, Frame frame, int[] rows, int count, Vector target) {
    if (count == 0) {
      return;
    }
    Vector value = kernel.evaluate(frame, rows, count);
    for (int n = 0; n < count; n++) {
      int row = rows == null ? n : rows[n];
      target.set(row, value, row);
    }
  }
}

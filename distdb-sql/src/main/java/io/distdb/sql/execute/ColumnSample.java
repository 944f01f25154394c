// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.ColumnStatistics;
import io.distdb.sql.codec.RowLayout;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.vector.Vector;
import java.util.ArrayList;
import java.util.List;

/**
 * What the values of one column in a sample say of the column: they are sorted, so that equal ones
 * stand together, and then counted in one pass.
 */
final class ColumnSample {
  /** Most common values, and most groups of the histogram. */
  static final int TARGET = 100;

  /** Longer values are counted as different from each other, and kept nowhere. */
  private static final int VALUE_BYTES_MAX = 1_024;

  private final SqlType type;
  private final ColumnBuffer values;
  private final Vector one;
  private int rows;
  private int nulls;
  private int longOnes;
  private long bytes;

  ColumnSample(SqlType type) {
    this.type = type;
    values = new ColumnBuffer(List.of(new Variable(0, "value", type)));
    one = new Vector(type, 1);
  }

  /** Takes column {@code ordinal} of {@code row}. */
  void add(RowLayout layout, Bytes row, int ordinal) {
    Cells.read(layout, row, ordinal, one, 0);
    rows++;
    if (one.nulls[0]) {
      nulls++;
      return;
    }
    long width = width(one);
    bytes += width;
    if (width > VALUE_BYTES_MAX) {
      longOnes++;
    } else {
      values.append(new Vector[] {one}, 0);
    }
  }

  private static long width(Vector value) {
    if (value.texts != null) {
      return value.texts[0].length();
    }
    return switch (value.form) {
      case BOOLEAN -> 1;
      case SHORT -> 2;
      case INT, FLOAT -> 4;
      case OBJECT -> value.objects[0] instanceof Bytes b ? b.length() : value.referredBytes(0);
      default -> 8;
    };
  }

  /**
   * @param tableRows at least as many as were added, of which there is one at least
   */
  ColumnStatistics statistics(long tableRows) {
    int[] order =
        new RowSorter(new int[] {0}, new boolean[] {false}, new boolean[] {false}).sort(values);
    List<ValueRun> runs = runs(order);
    int present = rows - nulls;
    double nullFraction = (double) nulls / rows;
    double notNull = tableRows * (1 - nullFraction);
    double distinct = distinct(runs, present, notNull);
    int width = present == 0 ? 0 : (int) Math.min(Integer.MAX_VALUE, bytes / present);
    double stored = distinct > notNull / 10 ? -distinct / Math.max(1, notNull) : distinct;
    if (type instanceof SqlType.Array) {
      return new ColumnStatistics(nullFraction, width, stored, List.of(), List.of(), List.of());
    }
    List<ValueRun> common =
        new CommonValues(runs, rows, tableRows, longOnes).choose(distinct, TARGET);
    List<Value> commonValues = new ArrayList<>();
    List<Double> frequencies = new ArrayList<>();
    for (ValueRun run : common) {
      commonValues.add(value(order[run.from()]));
      frequencies.add((double) run.count() / rows);
    }
    List<Value> bounds = new ArrayList<>();
    for (int place : Histogram.bounds(runs, common, TARGET)) {
      bounds.add(value(order[place]));
    }
    return new ColumnStatistics(nullFraction, width, stored, commonValues, frequencies, bounds);
  }

  private double distinct(List<ValueRun> runs, int present, double notNull) {
    int once = longOnes;
    for (ValueRun run : runs) {
      once += run.count() == 1 ? 1 : 0;
    }
    return DistinctCount.estimate(present, runs.size() + longOnes, once, notNull);
  }

  private Value value(int row) {
    return values.columns[0].get(row);
  }

  private List<ValueRun> runs(int[] order) {
    List<ValueRun> runs = new ArrayList<>();
    Vector column = values.columns[0];
    int from = 0;
    for (int i = 1; i <= order.length; i++) {
      if (i == order.length || column.compare(order[i - 1], column, order[i]) != 0) {
        runs.add(new ValueRun(from, i - from));
        from = i;
      }
    }
    return runs;
  }
}

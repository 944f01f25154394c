// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.Arrays;

/**
 * Values of one column for the rows of a batch. Exactly one of the arrays is there, by type: {@code
 * longs} for BOOLEAN (0 or 1), INTEGER and BIGINT, {@code doubles}, {@code texts}. Where {@code
 * nulls} is true the other array holds anything. One final class with public arrays, so that the
 * loops over it compile to plain array code.
 */
final class Vector {
  final SqlType.Scalar type;
  long[] longs;
  double[] doubles;
  String[] texts;
  boolean[] nulls;

  Vector(SqlType type, int capacity) {
    this.type =
        switch (type) {
          case SqlType.Scalar scalar -> scalar;
        };
    nulls = new boolean[capacity];
    switch (this.type) {
      case BOOLEAN, INTEGER, BIGINT -> longs = new long[capacity];
      case DOUBLE_PRECISION -> doubles = new double[capacity];
      case TEXT -> texts = new String[capacity];
    }
  }

  int capacity() {
    return nulls.length;
  }

  /** Makes room for {@code rows} rows; keeps what is there. */
  void ensure(int rows) {
    if (rows <= nulls.length) {
      return;
    }
    int capacity = Math.max(rows, nulls.length * 2);
    nulls = Arrays.copyOf(nulls, capacity);
    if (longs != null) {
      longs = Arrays.copyOf(longs, capacity);
    } else if (doubles != null) {
      doubles = Arrays.copyOf(doubles, capacity);
    } else {
      texts = Arrays.copyOf(texts, capacity);
    }
  }

  /** Lets go of the texts that it refers to. */
  void forgetTexts() {
    if (texts != null) {
      Arrays.fill(texts, null);
    }
  }

  /** Copies row {@code from} of {@code source}, of this type, to row {@code to}. */
  void set(int to, Vector source, int from) {
    nulls[to] = source.nulls[from];
    if (longs != null) {
      longs[to] = source.longs[from];
    } else if (doubles != null) {
      doubles[to] = source.doubles[from];
    } else {
      texts[to] = source.texts[from];
    }
  }

  /** Sets row {@code to} from a value of this type, or NULL; an integer fits a wider number. */
  void set(int to, Value value) {
    nulls[to] = value instanceof Value.Null;
    switch (value) {
      case Value.Null ignored -> {}
      case Value.BooleanValue v -> longs[to] = v.value() ? 1 : 0;
      case Value.IntegerValue v -> setNumber(to, v.value());
      case Value.BigintValue v -> setNumber(to, v.value());
      case Value.DoubleValue v -> doubles[to] = v.value();
      case Value.TextValue v -> texts[to] = v.value();
    }
  }

  private void setNumber(int to, long value) {
    if (longs != null) {
      longs[to] = value;
    } else {
      doubles[to] = value;
    }
  }

  Value get(int row) {
    if (nulls[row]) {
      return Value.NULL;
    }
    return switch (type) {
      case BOOLEAN -> Value.of(longs[row] != 0);
      case INTEGER -> Value.of((int) longs[row]);
      case BIGINT -> Value.of(longs[row]);
      case DOUBLE_PRECISION -> Value.of(doubles[row]);
      case TEXT -> Value.of(texts[row]);
    };
  }

  /** SQL's order of two values that are not NULL: negative, 0 or positive. */
  int compare(int row, Vector other, int otherRow) {
    if (longs != null) {
      return Long.compare(longs[row], other.longs[otherRow]);
    }
    return doubles != null
        ? Ordering.compare(doubles[row], other.doubles[otherRow])
        : Ordering.compare(texts[row], other.texts[otherRow]);
  }

  /** Whether both are NULL, or equal. */
  boolean same(int row, Vector other, int otherRow) {
    if (nulls[row] || other.nulls[otherRow]) {
      return nulls[row] && other.nulls[otherRow];
    }
    return compare(row, other, otherRow) == 0;
  }

  /** Equal for rows that are {@link #same}. */
  int hash(int row) {
    if (nulls[row]) {
      return 0x5bd1e995;
    }
    if (longs != null) {
      return Ordering.spread(longs[row]);
    }
    return doubles != null
        ? Ordering.spread(Double.doubleToLongBits(doubles[row] == 0 ? 0.0 : doubles[row]))
        : texts[row].hashCode() * 0x9e3779b1;
  }
}

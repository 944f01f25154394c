// SPDX-License-Identifier: MIT
package io.distdb.sql.vector;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.type.Interval;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.codec.ColumnReader;
import java.util.Arrays;

/**
 * Values of one column for the rows of a batch. Exactly one of the arrays is there, by type: {@code
 * longs} for BOOLEAN (0 or 1), whole numbers, dates and times, {@code doubles} for REAL and DOUBLE
 * PRECISION, {@code texts} for TEXT, VARCHAR and CHAR (with its blanks), {@code objects} for
 * NUMERIC ({@link Numeric}), BYTEA ({@link Bytes}), INTERVAL ({@link Interval}), UUID and arrays
 * ({@link SqlArray}) and rows ({@link io.distdb.api.type.SqlRow}). Where {@code nulls} is true the
 * other array holds anything. One final class with public arrays, so that the loops over it compile
 * to plain array code.
 */
public final class Vector {
  /** Of a string and its array, without its characters. */
  private static final int TEXT_BYTES = 40;

  public final SqlType type;
  public final ColumnForm form;
  public long[] longs;
  public double[] doubles;
  public String[] texts;
  public Object[] objects;
  public boolean[] nulls;

  public Vector(SqlType type, int capacity) {
    this.type = type;
    form = ColumnForm.of(type);
    nulls = new boolean[capacity];
    switch (form) {
      case BOOLEAN, SHORT, INT, LONG -> longs = new long[capacity];
      case FLOAT, DOUBLE -> doubles = new double[capacity];
      case TEXT, PADDED_TEXT -> texts = new String[capacity];
      case OBJECT -> objects = new Object[capacity];
    }
  }

  public int capacity() {
    return nulls.length;
  }

  /** Makes room for {@code rows} rows; keeps what is there. */
  public void ensure(int rows) {
    if (rows <= nulls.length) {
      return;
    }
    int capacity = Math.max(rows, nulls.length * 2);
    nulls = Arrays.copyOf(nulls, capacity);
    if (longs != null) {
      longs = Arrays.copyOf(longs, capacity);
    } else if (doubles != null) {
      doubles = Arrays.copyOf(doubles, capacity);
    } else if (texts != null) {
      texts = Arrays.copyOf(texts, capacity);
    } else {
      objects = Arrays.copyOf(objects, capacity);
    }
  }

  /** Of the arrays; what they refer to is not counted. */
  public long arrayBytes() {
    return (long) nulls.length * (longs != null || doubles != null ? 9 : 5);
  }

  /** What the text or object at {@code row} takes, an estimate; 0 for others and NULL. */
  public long referredBytes(int row) {
    if (nulls[row] || texts == null && objects == null) {
      return 0;
    }
    return texts != null ? TEXT_BYTES + texts[row].length() : Values.heapBytes(objects[row]);
  }

  /** Lets go of the texts and objects that it refers to. */
  public void forgetTexts() {
    if (texts != null) {
      Arrays.fill(texts, null);
    } else if (objects != null) {
      Arrays.fill(objects, null);
    }
  }

  /** Copies row {@code from} of {@code source}, of this type, to row {@code to}. */
  public void set(int to, Vector source, int from) {
    nulls[to] = source.nulls[from];
    if (longs != null) {
      longs[to] = source.longs[from];
    } else if (doubles != null) {
      doubles[to] = source.doubles[from];
    } else if (texts != null) {
      texts[to] = source.texts[from];
    } else {
      objects[to] = source.objects[from];
    }
  }

  /**
   * Copies row {@code from[i]} of {@code source}, of this type, to row {@code i}, for each i below
   * {@code count}; there is room.
   */
  public void gather(Vector source, int[] from, int count) {
    if (longs != null) {
      for (int i = 0; i < count; i++) {
        longs[i] = source.longs[from[i]];
        nulls[i] = source.nulls[from[i]];
      }
    } else if (doubles != null) {
      for (int i = 0; i < count; i++) {
        doubles[i] = source.doubles[from[i]];
        nulls[i] = source.nulls[from[i]];
      }
    } else if (texts != null) {
      for (int i = 0; i < count; i++) {
        texts[i] = source.texts[from[i]];
        nulls[i] = source.nulls[from[i]];
      }
    } else {
      for (int i = 0; i < count; i++) {
        objects[i] = source.objects[from[i]];
        nulls[i] = source.nulls[from[i]];
      }
    }
  }

  /** Reads a column of stored rows, of this type, to the same positions; there is room. */
  public void read(ColumnReader reader, EntryBlock rows, int[] selected, int count) {
    if (longs != null) {
      reader.readLongs(rows, selected, count, longs, nulls);
    } else if (doubles != null) {
      reader.readDoubles(rows, selected, count, doubles, nulls);
    } else if (texts != null) {
      reader.readTexts(rows, selected, count, texts, nulls);
    } else {
      reader.readObjects(rows, selected, count, objects, nulls);
    }
  }

  /** Sets row {@code to} from a value of this type, or NULL; a whole number fits a wider one. */
  public void set(int to, Value value) {
    nulls[to] = value instanceof Value.Null;
    switch (value) {
      case Value.Null ignored -> {}
      case Value.BooleanValue v -> longs[to] = v.value() ? 1 : 0;
      case Value.SmallintValue v -> setNumber(to, v.value());
      case Value.IntegerValue v -> setNumber(to, v.value());
      case Value.BigintValue v -> setNumber(to, v.value());
      case Value.RealValue v -> doubles[to] = v.value();
      case Value.DoubleValue v -> doubles[to] = v.value();
      case Value.TextValue v -> texts[to] = v.value();
      case Value.DateValue v -> longs[to] = v.value();
      case Value.TimeValue v -> longs[to] = v.value();
      case Value.TimestampValue v -> longs[to] = v.value();
      case Value.TimestamptzValue v -> longs[to] = v.value();
      case Value.OidValue v -> longs[to] = v.value();
      case Value.ReferenceValue v -> objects[to] = v.value();
      case Value.NumericValue v -> objects[to] = v.value();
      case Value.ByteaValue v -> objects[to] = v.value();
      case Value.IntervalValue v -> objects[to] = v.value();
      case Value.UuidValue v -> objects[to] = v.value();
      case Value.ArrayValue v -> objects[to] = v.value();
      case Value.RowValue v -> objects[to] = v.value();
    }
  }

  private void setNumber(int to, long value) {
    if (longs != null) {
      longs[to] = value;
    } else if (doubles != null) {
      doubles[to] = value;
    } else {
      objects[to] = Numeric.of(value);
    }
  }

  public Value get(int row) {
    if (nulls[row]) {
      return Value.NULL;
    }
    if (longs != null) {
      return Values.of(type, longs[row]);
    }
    if (doubles != null) {
      return Values.of(type, doubles[row]);
    }
    return texts != null ? Value.of(texts[row]) : Values.of(objects[row]);
  }

  /** SQL's order of two values that are not NULL: negative, 0 or positive. */
  public int compare(int row, Vector other, int otherRow) {
    if (longs != null) {
      return Long.compare(longs[row], other.longs[otherRow]);
    }
    if (doubles != null) {
      return Ordering.compare(doubles[row], other.doubles[otherRow]);
    }
    if (texts != null) {
      return form == ColumnForm.TEXT
          ? Ordering.compare(texts[row], other.texts[otherRow])
          : Ordering.comparePadded(texts[row], other.texts[otherRow]);
    }
    return Ordering.compareObjects(objects[row], other.objects[otherRow]);
  }

  /** Whether both are NULL, or equal. */
  public boolean same(int row, Vector other, int otherRow) {
    if (nulls[row] || other.nulls[otherRow]) {
      return nulls[row] && other.nulls[otherRow];
    }
    if (form == ColumnForm.TEXT) {
      return texts[row].equals(other.texts[otherRow]);
    }
    return compare(row, other, otherRow) == 0;
  }

  /** Equal for rows that are {@link #same}. */
  public int hash(int row) {
    if (nulls[row]) {
      return 0x5bd1e995;
    }
    if (longs != null) {
      return Ordering.spread(longs[row]);
    }
    if (doubles != null) {
      return Ordering.spread(Double.doubleToLongBits(doubles[row] == 0 ? 0.0 : doubles[row]));
    }
    int hash =
        texts == null
            ? Ordering.hashObject(objects[row])
            : form == ColumnForm.TEXT
                ? texts[row].hashCode()
                : Ordering.withoutPadding(texts[row]).hashCode();
    return hash * 0x9e3779b1;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.KeyRange;
import io.distdb.sql.codec.KeyColumn;
import io.distdb.sql.codec.KeyWriter;
import io.distdb.sql.vector.Vector;
import java.util.List;

/** Encodes key values and bounds for reading. */
final class KeyRanges {
  /** {@link KeyWriter}'s marker of a value that is not NULL. */
  private static final Bytes PRESENT = Bytes.of(1);

  private KeyRanges() {}

  /**
   * Appends the first {@code values.length} columns of a key.
   *
   * @return false when no stored key can equal them: a NULL, or a number outside a narrower column
   */
  static boolean append(
      KeyWriter writer, List<KeyColumn> columns, Vector[] values, int from, int count, int at) {
    for (int i = 0; i < count; i++) {
      Vector value = values[from + i];
      if (value.nulls[at] || !fits(columns.get(i), value, at)) {
        return false;
      }
      Cells.append(writer, columns.get(i), value, at);
    }
    return true;
  }

  private static boolean fits(KeyColumn column, Vector value, int at) {
    return switch (column.form()) {
      case SHORT -> value.longs[at] == (short) value.longs[at];
      case INT -> value.longs[at] == (int) value.longs[at];
      case BOOLEAN, LONG, FLOAT, DOUBLE, TEXT, PADDED_TEXT, OBJECT -> true;
    };
  }

  /** One end of a range: a value that is not NULL; null when the range is open there. */
  record End(Vector value, int at, boolean inclusive) {}

  /**
   * The keys that start with what {@code writer} has and whose next column, {@code column}, is
   * within the ends; NULLs are outside.
   *
   * @return null when no key can be
   */
  static KeyRange range(KeyWriter writer, KeyColumn column, End lower, End upper) {
    End low = column.descending() ? upper : lower;
    End high = column.descending() ? lower : upper;
    int prefix = writer.length();
    Bytes all = present(writer, column);
    Bytes from = all;
    Bytes to = all.prefixEnd();
    if (low != null) {
      Bytes edge = edge(writer, prefix, column, low, !column.descending());
      if (edge == null) {
        return null;
      }
      if (!edge.isEmpty()) {
        from = low.inclusive() ? edge : edge.prefixEnd();
      }
      if (from == null) {
        return null;
      }
    }
    if (high != null) {
      Bytes edge = edge(writer, prefix, column, high, column.descending());
      if (edge == null) {
        return null;
      }
      if (!edge.isEmpty()) {
        to = high.inclusive() ? edge.prefixEnd() : edge;
      }
    }
    KeyRange range = new KeyRange(from, to);
    return range.isEmpty() ? null : range;
  }

  private static boolean clamped(KeyColumn column, End end) {
    return !fits(column, end.value(), end.at());
  }

  /** The prefix of every key whose next column is not NULL. */
  private static Bytes present(KeyWriter writer, KeyColumn column) {
    if (!column.nullable()) {
      return writer.toBytes();
    }
    int length = writer.length();
    Bytes marked = writer.appendRaw(PRESENT).toBytes();
    writer.truncate(length);
    return marked;
  }

  /**
   * The encoded bound; empty when every value is within it; null when none is. A bigint beyond an
   * INTEGER column's range is one or the other.
   *
   * @param isLower whether it bounds the values from below
   */
  private static Bytes edge(
      KeyWriter writer, int prefix, KeyColumn column, End end, boolean isLower) {
    if (clamped(column, end)) {
      boolean above = end.value().longs[end.at()] > 0;
      return above == isLower ? null : Bytes.EMPTY;
    }
    Cells.append(writer, column, end.value(), end.at());
    Bytes edge = writer.toBytes();
    writer.truncate(prefix);
    return edge;
  }
}

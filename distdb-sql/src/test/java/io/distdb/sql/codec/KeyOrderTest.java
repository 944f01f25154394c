// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import java.util.Comparator;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Byte order of keys is SQL's order, and keys read back as they were written. */
class KeyOrderTest {
  /** One column of a key and two values for it; null is NULL. */
  record Column(KeyColumn column, Object left, Object right) {}

  @Provide
  Arbitrary<List<Column>> keys() {
    return column().list().ofMinSize(1).ofMaxSize(4);
  }

  private static Arbitrary<Column> column() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return Arbitraries.of(SqlType.Scalar.values())
        .flatMap(type ->
            Combinators.combine(flag, flag, flag, value(type), value(type))
                .as((descending, nullsFirst, nullable, left, right) ->
                    new Column(
                        new KeyColumn(type, descending, nullsFirst, nullable),
                        nullable ? left : present(type, left),
                        nullable ? right : present(type, right))));
  }

  private static Object present(SqlType.Scalar type, Object value) {
    if (value != null) {
      return value;
    }
    return switch (type) {
      case BOOLEAN -> false;
      case INTEGER -> 0;
      case BIGINT -> 0L;
      case DOUBLE_PRECISION -> 0.0;
      case TEXT -> "";
    };
  }

  private static Arbitrary<Object> value(SqlType.Scalar type) {
    Arbitrary<?> values =
        switch (type) {
          case BOOLEAN -> Arbitraries.of(true, false);
          case INTEGER -> Arbitraries.integers();
          case BIGINT -> Arbitraries.longs();
          case DOUBLE_PRECISION ->
              Arbitraries.oneOf(
                  Arbitraries.doubles(),
                  Arbitraries.of(
                      0.0,
                      -0.0,
                      Double.NaN,
                      Double.POSITIVE_INFINITY,
                      Double.NEGATIVE_INFINITY,
                      Double.MIN_VALUE,
                      -Double.MIN_VALUE));
          case TEXT ->
              Arbitraries.oneOf(
                  Arbitraries.strings().ofMaxLength(6),
                  Arbitraries.strings()
                      .withChars('\0', '\1', '\2', 'a', '\uffff')
                      .ofMaxLength(4)
                      .map(s -> s.replace("\2", "\ud83d\ude00")));
        };
    return values
        .map(v -> v instanceof String s ? (Object) scalarsOnly(s) : v)
        .injectNull(0.2)
        .asGeneric();
  }

  /** Lone surrogates have no UTF-8. */
  private static String scalarsOnly(String text) {
    StringBuilder kept = new StringBuilder();
    text.codePoints().filter(c -> c < 0xd800 || c > 0xdfff).forEach(kept::appendCodePoint);
    return kept.toString();
  }

  @Property(tries = 3_000)
  void byteOrderIsSqlOrder(@ForAll("keys") List<Column> columns) {
    KeyWriter left = new KeyWriter();
    KeyWriter right = new KeyWriter();
    int expected = 0;
    for (Column column : columns) {
      append(left, column.column(), column.left());
      append(right, column.column(), column.right());
      if (expected == 0) {
        expected = compare(column.column(), column.left(), column.right());
      }
    }
    assertThat(Integer.signum(left.toBytes().compareTo(right.toBytes())))
        .isEqualTo(Integer.signum(expected));
  }

  @Property(tries = 2_000)
  void keysReadBack(@ForAll("keys") List<Column> columns) {
    KeyWriter writer = new KeyWriter(1);
    for (Column column : columns) {
      append(writer, column.column(), column.left());
    }
    Bytes key = writer.appendRaw(Bytes.of(1, 2, 3)).toBytes();
    KeyReader reader = new KeyReader().reset(key, 0);
    for (Column column : columns) {
      Object read = read(reader, column.column());
      if (column.left() instanceof Double number) {
        assertThat((Double) read).isEqualByComparingTo(number == 0 ? 0.0 : number);
      } else {
        assertThat(read).isEqualTo(column.left());
      }
    }
    assertThat(key.length() - reader.position()).isEqualTo(3);
    reader.reset(key, 0).skip(columns.stream().map(Column::column).toList());
    assertThat(key.length() - reader.position()).isEqualTo(3);
  }

  private static void append(KeyWriter writer, KeyColumn column, Object value) {
    switch (value) {
      case null -> writer.appendNull(column);
      case Boolean v -> writer.appendBoolean(column, v);
      case Integer v -> writer.appendInt(column, v);
      case Long v -> writer.appendLong(column, v);
      case Double v -> writer.appendDouble(column, v);
      default -> writer.appendText(column, (String) value);
    }
  }

  private static Object read(KeyReader reader, KeyColumn column) {
    if (reader.readNull(column)) {
      return null;
    }
    return switch (column.type()) {
      case BOOLEAN -> reader.readBoolean(column);
      case INTEGER -> reader.readInt(column);
      case BIGINT -> reader.readLong(column);
      case DOUBLE_PRECISION -> reader.readDouble(column);
      case TEXT -> reader.readText(column);
    };
  }

  private static int compare(KeyColumn column, Object left, Object right) {
    if (left == null || right == null) {
      int nulls = Boolean.compare(left == null, right == null);
      return column.nullsFirst() ? -nulls : nulls;
    }
    int order =
        switch (left) {
          case Boolean v -> Boolean.compare(v, (Boolean) right);
          case Integer v -> Integer.compare(v, (Integer) right);
          case Long v -> Long.compare(v, (Long) right);
          case Double v ->
              Double.compare(v == 0 ? 0.0 : v, (Double) right == 0 ? 0.0 : (Double) right);
          default -> BY_CODE_POINT.compare((String) left, (String) right);
        };
    return column.descending() ? -order : order;
  }

  private static final Comparator<String> BY_CODE_POINT =
      (left, right) ->
          java.util.Arrays.compare(left.codePoints().toArray(), right.codePoints().toArray());
}

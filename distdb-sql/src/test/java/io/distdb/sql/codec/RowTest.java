// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Rows give back every column, whatever its neighbours are. */
class RowTest {
  @Provide
  Arbitrary<List<Object>> rows() {
    Arbitrary<Object> values =
        Arbitraries.oneOf(
            Arbitraries.of(true, false).asGeneric(),
            Arbitraries.integers().asGeneric(),
            Arbitraries.longs().asGeneric(),
            Arbitraries.doubles().asGeneric(),
            Arbitraries.strings()
                .alpha()
                .ofMaxLength(40)
                .map(s -> s.length() == 40 ? s.repeat(2_000) : s + "\u00e9\u20ac")
                .asGeneric());
    return values.list().ofMinSize(1).ofMaxSize(20);
  }

  private static SqlType typeOf(Object value) {
    return switch (value) {
      case Boolean ignored -> SqlType.BOOLEAN;
      case Integer ignored -> SqlType.INTEGER;
      case Long ignored -> SqlType.BIGINT;
      case Double ignored -> SqlType.DOUBLE_PRECISION;
      default -> SqlType.TEXT;
    };
  }

  private static RowLayout layout(List<Object> values) {
    return new RowLayout(values.stream().map(RowTest::typeOf).toList());
  }

  /** Bit {@code i} of {@code nulls} makes column i NULL. */
  private static Bytes write(RowWriter writer, List<Object> values, int nulls) {
    for (int i = 0; i < values.size(); i++) {
      if ((nulls >>> i & 1) != 0) {
        writer.setNull(i);
        continue;
      }
      switch (values.get(i)) {
        case Boolean v -> writer.setLong(i, v ? 1 : 0);
        case Integer v -> writer.setLong(i, v);
        case Long v -> writer.setLong(i, v);
        case Double v -> writer.setDouble(i, v);
        case Object v -> writer.setText(i, (String) v);
      }
    }
    return writer.finish();
  }

  private static List<Object> read(RowLayout layout, Bytes row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < layout.columnCount(); i++) {
      values.add(
          layout.isNull(row, i)
              ? null
              : switch (layout.type(i)) {
                case BOOLEAN -> layout.getBoolean(row, i);
                case INTEGER -> layout.getInt(row, i);
                case BIGINT -> layout.getLong(row, i);
                case DOUBLE_PRECISION -> layout.getDouble(row, i);
                case TEXT -> layout.getText(row, i);
              });
    }
    return values;
  }

  private static List<Object> expected(List<Object> values, int nulls) {
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < values.size(); i++) {
      expected.add((nulls >>> i & 1) != 0 ? null : values.get(i));
    }
    return expected;
  }

  @Property(tries = 1_000)
  void rowsReadBackAndCopyColumnByColumn(
      @ForAll("rows") List<Object> values, @ForAll int firstNulls, @ForAll int nulls) {
    RowLayout layout = layout(values);
    RowWriter writer = new RowWriter(layout);
    Bytes first = write(writer, values, firstNulls);
    Bytes second = write(writer, values, nulls);
    assertThat(read(layout, first)).isEqualTo(expected(values, firstNulls));
    assertThat(read(layout, second)).isEqualTo(expected(values, nulls));
    for (int i = 0; i < values.size(); i++) {
      writer.copy(i, first);
    }
    assertThat(writer.finish()).isEqualTo(first);
  }

  @Property(tries = 300)
  void columnsAppendedLaterAreNullInOldRows(
      @ForAll("rows") List<Object> values, @ForAll("rows") List<Object> added, @ForAll int nulls) {
    Bytes old = write(new RowWriter(layout(values)), values, nulls);
    List<Object> all = new ArrayList<>(values);
    all.addAll(added);
    List<Object> expected = new ArrayList<>(expected(values, nulls));
    added.forEach(ignored -> expected.add(null));
    assertThat(read(layout(all), old)).isEqualTo(expected);
  }

  @Test
  void bytesAreThoseOfTheFormat() {
    RowWriter writer =
        new RowWriter(new RowLayout(List.of(SqlType.INTEGER, SqlType.TEXT, SqlType.BOOLEAN)));
    writer.setLong(0, 258);
    writer.setText(1, "ab");
    writer.setNull(2);
    assertThat(writer.finish())
        .isEqualTo(Bytes.of(0x10, 0, 3, 0b100, 0, 0, 1, 2, 0, 2, 0, 'a', 'b'));
  }

  @Test
  void rowsOfANewerFormatAreRefused() {
    RowLayout layout = new RowLayout(List.of(SqlType.INTEGER));
    assertThatThrownBy(() -> layout.getInt(Bytes.of(0x20, 0, 1, 0, 0, 0, 0, 1), 0))
        .isInstanceOfSatisfying(
            DistDbException.class, e -> assertThat(e.sqlState()).isEqualTo("F0001"));
  }
}

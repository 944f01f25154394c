// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlArray;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeOutput;
import java.time.ZoneOffset;
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
  Arbitrary<List<Column>> rows() {
    Arbitrary<Column> any =
        SqlValues.allTypes()
            .flatMap(type -> SqlValues.of(type).map(value -> new Column(type, value)));
    Arbitrary<Column> longTexts =
        Arbitraries.strings()
            .alpha()
            .ofMinLength(30)
            .ofMaxLength(40)
            .map(s -> new Column(SqlType.TEXT, Value.of(s.length() == 40 ? s.repeat(2_000) : s)));
    return Arbitraries.oneOf(any, any, any, any, longTexts).list().ofMinSize(1).ofMaxSize(20);
  }

  /** A column and a value for it. */
  record Column(SqlType type, Value value) {}

  private static RowLayout layout(List<Column> columns) {
    return new RowLayout(columns.stream().map(Column::type).toList());
  }

  /** Bit {@code i} of {@code nulls} makes column i NULL. */
  private static Bytes write(RowWriter writer, List<Column> columns, int nulls) {
    for (int i = 0; i < columns.size(); i++) {
      if ((nulls >>> i & 1) != 0) {
        writer.setNull(i);
        continue;
      }
      switch (columns.get(i).value()) {
        case Value.Null none -> writer.setNull(i);
        case Value.BooleanValue v -> writer.setLong(i, v.value() ? 1 : 0);
        case Value.SmallintValue v -> writer.setLong(i, v.value());
        case Value.IntegerValue v -> writer.setLong(i, v.value());
        case Value.BigintValue v -> writer.setLong(i, v.value());
        case Value.DateValue v -> writer.setLong(i, v.value());
        case Value.TimeValue v -> writer.setLong(i, v.value());
        case Value.TimestampValue v -> writer.setLong(i, v.value());
        case Value.TimestamptzValue v -> writer.setLong(i, v.value());
        case Value.RealValue v -> writer.setFloat(i, v.value());
        case Value.DoubleValue v -> writer.setDouble(i, v.value());
        case Value.TextValue v -> writer.setText(i, v.value());
        case Value.NumericValue v -> writer.setObject(i, v.value());
        case Value.ByteaValue v -> writer.setObject(i, v.value());
        case Value.IntervalValue v -> writer.setObject(i, v.value());
        case Value.UuidValue v -> writer.setObject(i, v.value());
        case Value.OidValue v -> writer.setLong(i, v.value());
        case Value.ReferenceValue v -> writer.setObject(i, v.value());
        case Value.ArrayValue v -> writer.setObject(i, v.value());
        case Value.RowValue v -> writer.setObject(i, v.value());
      }
    }
    return writer.finish();
  }

  private static List<Object> read(RowLayout layout, Bytes row) {
    List<Object> values = new ArrayList<>();
    for (int i = 0; i < layout.columnCount(); i++) {
      values.add(layout.isNull(row, i) ? null : read(layout, row, i));
    }
    return values;
  }

  private static Object read(RowLayout layout, Bytes row, int column) {
    return switch (layout.form(column)) {
      case BOOLEAN -> layout.getBoolean(row, column);
      case SHORT -> layout.getShort(row, column);
      case INT -> layout.getInt(row, column);
      case LONG -> layout.getLong(row, column);
      case FLOAT -> layout.getFloat(row, column);
      case DOUBLE -> layout.getDouble(row, column);
      case TEXT, PADDED_TEXT -> layout.getText(row, column);
      case OBJECT -> shown(layout.getObject(row, column));
    };
  }

  /** A NUMERIC with its scale, which its equality leaves out. */
  private static Object shown(Object value) {
    return value instanceof Numeric || value instanceof SqlArray
        ? TypeOutput.text(
            value instanceof Numeric n
                ? new Value.NumericValue(n)
                : new Value.ArrayValue((SqlArray) value),
            ZoneOffset.UTC)
        : value;
  }

  private static Object bare(Value value) {
    return switch (value) {
      case Value.Null none -> null;
      case Value.BooleanValue v -> v.value();
      case Value.SmallintValue v -> v.value();
      case Value.IntegerValue v -> v.value();
      case Value.BigintValue v -> v.value();
      case Value.DateValue v -> v.value();
      case Value.TimeValue v -> v.value();
      case Value.TimestampValue v -> v.value();
      case Value.TimestamptzValue v -> v.value();
      case Value.RealValue v -> v.value();
      case Value.DoubleValue v -> v.value();
      case Value.TextValue v -> v.value();
      case Value.NumericValue v -> shown(v.value());
      case Value.ByteaValue v -> v.value();
      case Value.IntervalValue v -> v.value();
      case Value.UuidValue v -> v.value();
      case Value.OidValue v -> v.value();
      case Value.ReferenceValue v -> v.value();
      case Value.ArrayValue v -> shown(v.value());
      case Value.RowValue v -> v.value();
    };
  }

  private static List<Object> expected(List<Column> columns, int nulls) {
    List<Object> expected = new ArrayList<>();
    for (int i = 0; i < columns.size(); i++) {
      expected.add((nulls >>> i & 1) != 0 ? null : bare(columns.get(i).value()));
    }
    return expected;
  }

  @Property(tries = 1_000)
  void rowsReadBackAndCopyColumnByColumn(
      @ForAll("rows") List<Column> values, @ForAll int firstNulls, @ForAll int nulls) {
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
      @ForAll("rows") List<Column> values, @ForAll("rows") List<Column> added, @ForAll int nulls) {
    Bytes old = write(new RowWriter(layout(values)), values, nulls);
    List<Column> all = new ArrayList<>(values);
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

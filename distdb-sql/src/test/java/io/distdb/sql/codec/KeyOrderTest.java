// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import java.util.List;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Byte order of keys is SQL's order, and keys read back as they were written. */
class KeyOrderTest {
  /** One column of a key and two values for it. */
  record Column(KeyColumn column, Value left, Value right) {}

  @Provide
  Arbitrary<List<Column>> keys() {
    return column().list().ofMinSize(1).ofMaxSize(4);
  }

  private static Arbitrary<Column> column() {
    Arbitrary<Boolean> flag = Arbitraries.of(true, false);
    return SqlValues.allTypes()
        .flatMap(type ->
            Combinators.combine(flag, flag, flag, nullable(type), nullable(type), flag)
                .as((descending, nullsFirst, nullable, left, right, same) -> {
                  KeyColumn column = new KeyColumn(type, descending, nullsFirst, nullable);
                  return new Column(column, left, same ? left : right);
                }))
        .filter(column ->
            column.column().nullable()
                || !column.left().equals(Value.NULL) && !column.right().equals(Value.NULL));
  }

  private static Arbitrary<Value> nullable(SqlType type) {
    return SqlValues.of(type).injectNull(0.2).map(value -> value == null ? Value.NULL : value);
  }

  @Property(tries = 6_000)
  void byteOrderIsSqlOrder(@ForAll("keys") List<Column> columns) {
    KeyWriter left = new KeyWriter();
    KeyWriter right = new KeyWriter();
    int expected = 0;
    for (Column column : columns) {
      left.appendValue(column.column(), column.left());
      right.appendValue(column.column(), column.right());
      if (expected == 0) {
        expected = compare(column.column(), column.left(), column.right());
      }
    }
    assertThat(Integer.signum(left.toBytes().compareTo(right.toBytes())))
        .isEqualTo(Integer.signum(expected));
  }

  @Property(tries = 4_000)
  void keysReadBack(@ForAll("keys") List<Column> columns) {
    KeyWriter writer = new KeyWriter(1);
    for (Column column : columns) {
      writer.appendValue(column.column(), column.left());
    }
    Bytes key = writer.appendRaw(Bytes.of(1, 2, 3)).toBytes();
    KeyReader reader = new KeyReader().reset(key, 0);
    for (Column column : columns) {
      Value read = reader.readValue(column.column());
      if (column.column().isExact()) {
        assertThat(read).isEqualTo(column.left());
      } else {
        assertThat(compare(column.column(), read, column.left())).isZero();
      }
    }
    assertThat(key.length() - reader.position()).isEqualTo(3);
    reader.reset(key, 0).skip(columns.stream().map(Column::column).toList());
    assertThat(key.length() - reader.position()).isEqualTo(3);
  }

  private static int compare(KeyColumn column, Value left, Value right) {
    if (left.equals(Value.NULL) || right.equals(Value.NULL)) {
      int nulls = Boolean.compare(left.equals(Value.NULL), right.equals(Value.NULL));
      return column.nullsFirst() ? -nulls : nulls;
    }
    int order = SqlOrder.compare(column.type(), left, right);
    return column.descending() ? -order : order;
  }
}

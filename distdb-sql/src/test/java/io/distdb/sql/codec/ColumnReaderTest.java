// SPDX-License-Identifier: MIT
package io.distdb.sql.codec;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.type.SqlType;
import java.util.Collections;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Numbers of many rows at once, whatever each row's own layout is. */
class ColumnReaderTest {
  private static final int ROWS = 6;

  /** Column 0 a text, then numbers: the last ones have their NULL flag in the second byte. */
  private static final int COLUMNS = 11;

  @ParameterizedTest
  @ValueSource(ints = {1, 7, 10})
  void rowsOfEveryLayoutAreReadAlike(int column) {
    check(SqlType.INTEGER, column);
    check(SqlType.BIGINT, column);
    check(SqlType.SMALLINT, column);
  }

  private static void check(SqlType type, int column) {
    RowLayout layout = layout(type, COLUMNS);
    EntryBlock block = EntryBlock.ofValues(ROWS);
    block.addValue(row(layout, "short", 5, -1));
    block.addValue(row(layout, "x".repeat(70_000), -6, -1));
    block.addValue(row(layout, "short", 7, column));
    block.addValue(row(layout(type, column), "older than the column", 8, -1));
    block.addValue(row(layout(type, COLUMNS - 1), "", 9, -1));
    block.addValue(row(layout, "", 10, 2));
    long[] target = new long[ROWS];
    boolean[] nulls = new boolean[ROWS];
    new ColumnReader(layout, column).readLongs(block, null, ROWS, target, nulls);
    boolean last = column == COLUMNS - 1;
    assertThat(nulls).containsExactly(false, false, true, true, last, false);
    assertThat(target[0]).isEqualTo(5 + column);
    assertThat(target[1]).isEqualTo(-6 + column);
    assertThat(target[4]).isEqualTo(last ? 0 : 9 + column);
    assertThat(target[5]).isEqualTo(10 + column);
  }

  /** CREATE TABLE t (), a row, then ADD COLUMN: three bytes are all there is of it. */
  @Test
  void rowWithoutColumnsHasNullForALaterOne() {
    EntryBlock block = EntryBlock.ofValues(2);
    block.addValue(new RowWriter(new RowLayout(List.of())).finish().array());
    RowLayout layout = new RowLayout(List.of(SqlType.INTEGER));
    RowWriter writer = new RowWriter(layout);
    writer.setLong(0, 3);
    block.addValue(writer.finish().array());
    long[] target = new long[2];
    boolean[] nulls = new boolean[2];
    new ColumnReader(layout, 0).readLongs(block, null, 2, target, nulls);
    assertThat(nulls).containsExactly(true, false);
    assertThat(target[1]).isEqualTo(3);
  }

  private static RowLayout layout(SqlType type, int columns) {
    List<SqlType> numbers = Collections.nCopies(columns - 1, type);
    return new RowLayout(Stream.concat(Stream.of(SqlType.TEXT), numbers.stream()).toList());
  }

  /** Column i holds {@code number + i}. */
  private static byte[] row(RowLayout layout, String text, int number, int nullColumn) {
    RowWriter writer = new RowWriter(layout);
    writer.setText(0, text);
    for (int i = 1; i < layout.columnCount(); i++) {
      writer.setLong(i, number + i);
    }
    if (nullColumn >= 0) {
      writer.setNull(nullColumn);
    }
    Bytes row = writer.finish();
    return row.array();
  }
}

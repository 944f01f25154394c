// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.type;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.setting.TextStyle;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import org.junit.jupiter.api.Test;

final class RowFormatTest {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", SqlType.INTEGER),
          new ResultColumn("name", SqlType.varchar(10)),
          new ResultColumn("price", SqlType.numeric(10, 2)));

  private final MessageWriter out = new MessageWriter();

  /** 7, NULL, 12.50. */
  private static final class Row implements RowCells {
    @Override
    public boolean isNull(int column) {
      return column == 1;
    }

    @Override
    public long getLong(int column) {
      return 7;
    }

    @Override
    public double getDouble(int column) {
      throw new AssertionError(column);
    }

    @Override
    public String getText(int column) {
      throw new AssertionError(column);
    }

    @Override
    public Object getObject(int column) {
      return Numeric.of(new java.math.BigDecimal("12.50"));
    }
  }

  private String written() {
    return HexFormat.of().formatHex(Arrays.copyOf(out.array(), out.size()));
  }

  @Test
  void everyColumnIsTextUnlessAskedOtherwise() {
    new RowFormat(COLUMNS, RowFormat.TEXT).row(new Row(), TextStyle.PLAIN, out);
    assertThat(written())
        .isEqualTo("44000000180003" + "0000000137" + "ffffffff" + "0000000531322e3530");
  }

  @Test
  void oneFormatIsForAllColumns() {
    new RowFormat(COLUMNS, new short[] {1}).row(new Row(), TextStyle.PLAIN, out);
    assertThat(written())
        .isEqualTo(
            "44000000220003"
                + "0000000400000007"
                + "ffffffff"
                + "0000000c"
                + "000200000000000200"
                + "0c1388");
  }

  @Test
  void columnsAreToldWithTypesSizesAndModifiers() {
    new RowFormat(COLUMNS, new short[] {0, 0, 1}).describe(out);
    String none = "000000000000";
    assertThat(written())
        .isEqualTo(
            "540000004a0003"
                + ("696400" + none + "00000017" + "0004" + "ffffffff" + "0000")
                + ("6e616d6500" + none + "00000413" + "ffff" + "0000000e" + "0000")
                + ("707269636500" + none + "000006a4" + "ffff" + "000a0006" + "0001"));
  }

  @Test
  void formatsMustFitTheColumns() {
    assertThatThrownBy(() -> new RowFormat(COLUMNS, new short[] {0, 1}))
        .isInstanceOf(DistDbException.class)
        .hasMessage("bind message has 2 result formats but query has 3 columns");
    assertThatThrownBy(() -> new RowFormat(COLUMNS, new short[] {2}))
        .isInstanceOf(DistDbException.class)
        .hasMessage("unsupported format code: 2");
  }
}

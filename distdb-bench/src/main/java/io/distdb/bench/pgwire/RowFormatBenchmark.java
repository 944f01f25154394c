// SPDX-License-Identifier: MIT
package io.distdb.bench.pgwire;

import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.setting.TextStyle;
import java.math.BigDecimal;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** One DataRow of (INTEGER, TEXT of 20 characters, NUMERIC), as text and in binary. */
@State(Scope.Thread)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class RowFormatBenchmark {
  private static final List<ResultColumn> COLUMNS =
      List.of(
          new ResultColumn("id", SqlType.INTEGER),
          new ResultColumn("name", SqlType.TEXT),
          new ResultColumn("price", SqlType.NUMERIC));

  private final RowFormat text = new RowFormat(COLUMNS, RowFormat.TEXT);
  private final RowFormat binary = new RowFormat(COLUMNS, new short[] {1});
  private final MessageWriter out = new MessageWriter();
  private final Row row = new Row();

  private static final class Row implements RowCells {
    private final Numeric price = Numeric.of(new BigDecimal("12345.67"));
    private int id;

    @Override
    public boolean isNull(int column) {
      return false;
    }

    @Override
    public long getLong(int column) {
      return ++id;
    }

    @Override
    public double getDouble(int column) {
      throw new IllegalStateException();
    }

    @Override
    public String getText(int column) {
      return "customer number 1234";
    }

    @Override
    public Object getObject(int column) {
      return price;
    }
  }

  private int write(RowFormat format) {
    out.reset();
    format.row(row, TextStyle.PLAIN, out);
    return out.size();
  }

  @Benchmark
  public int textRow() {
    return write(text);
  }

  @Benchmark
  public int binaryRow() {
    return write(binary);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Numeric;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.activity.SessionCounts;
import io.distdb.sql.activity.StatementTotals;
import io.distdb.sql.codec.ColumnForm;
import io.distdb.sql.execute.KeptRows;
import io.distdb.sql.execute.RowSource;
import io.distdb.sql.external.RowCells;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.TypeOutput;
import io.distdb.sql.setting.TextStyle;
import io.distdb.sql.vector.Values;
import java.util.List;
import java.util.function.Function;

/** A query's rows; ends its statement when they end. */
final class CursorRows implements LocalRows {
  /** What ends with the rows. */
  interface End {
    /** All rows were passed, or nobody wants more. */
    void finished();

    /**
     * The first row failed, and what gave it is closed.
     *
     * @return all rows once more, of another attempt; null: it is the query's failure
     */
    default RowSource again(Throwable failure) {
      return null;
    }

    /** A later row failed; returns what to throw, or throws it. */
    DistDbException failed(Throwable failure);
  }

  /** For rows that were read already. */
  static final End NOTHING_ENDS =
      new End() {
        @Override
        public void finished() {}

        @Override
        public DistDbException failed(Throwable failure) {
          return StatementFault.of(failure);
        }
      };

  private final List<ResultColumn> columns;
  private RowSource rows;
  private boolean isSettled;
  private final Environment environment;
  private final End end;
  private boolean closed;
  private boolean onRow;
  private long passed;

  /** Where its rows are counted; null: nowhere. */
  private SessionCounts counts;

  /** As {@link #counts}, by statement. */
  private StatementTotals totals;

  CursorRows(List<ResultColumn> columns, RowSource rows, Environment environment, End end) {
    this.columns = columns;
    this.rows = rows;
    this.environment = environment;
    this.end = end;
  }

  /**
   * Where its rows are counted when they are closed.
   *
   * @param newTotals null: not there
   */
  void countBy(SessionCounts newCounts, StatementTotals newTotals) {
    counts = newCounts;
    totals = newTotals;
  }

  /** What cancels it within a block; null: nothing. */
  RunningStatement running() {
    return end instanceof RowEnds.InBlock block ? block.running() : null;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (closed) {
      onRow = false;
      return false;
    }
    boolean read = false;
    while (!read) {
      try {
        onRow = rows.next();
        read = true;
      } catch (RuntimeException | Error failure) {
        onRow = false;
        startAgain(failure);
      }
    }
    if (onRow) {
      passed++;
    } else {
      close();
    }
    return onRow;
  }

  /**
   * Reads all rows that are left, so that they stay what they are whatever happens to the tables.
   * An error of their query comes when it is its turn.
   */
  void settle(Function<List<ResultColumn>, KeptRows> newStore) {
    if (closed || isSettled) {
      return;
    }
    isSettled = true;
    KeptRows stored = newStore.apply(columns);
    RuntimeException failure = null;
    try {
      if (onRow) {
        stored.add(rows);
      }
      while (rows.next()) {
        stored.add(rows);
      }
    } catch (RuntimeException later) {
      failure = later;
    }
    rows.close();
    rows = new ReplayedRows(stored, onRow, failure);
  }

  /** Nobody has seen a row yet: a query that lost against another one can be run once more. */
  private void startAgain(Throwable failure) {
    try {
      rows.close();
    } catch (RuntimeException | Error another) {
      failure.addSuppressed(another);
    }
    RowSource fresh = null;
    Throwable ends = failure;
    if (passed == 0 && !isSettled) {
      try {
        fresh = end.again(failure);
      } catch (RuntimeException | Error another) {
        ends = another;
      }
    }
    if (fresh == null) {
      closed = true;
      throw end.failed(ends);
    }
    rows = fresh;
  }

  @Override
  public boolean isNull(int column) {
    requireRow(column);
    return rows.isNull(column);
  }

  @Override
  public boolean getBoolean(int column) {
    requireType(column, columns.get(column).type().equals(SqlType.BOOLEAN), "boolean");
    return !rows.isNull(column) && rows.getLong(column) != 0;
  }

  @Override
  public int getInt(int column) {
    SqlType type = columns.get(column).type();
    requireType(column, isWhole(type) || isNumeric(type), "integer");
    return columns.get(column).asInt(getLong(column));
  }

  @Override
  public long getLong(int column) {
    SqlType type = columns.get(column).type();
    requireType(column, isWhole(type) || isNumeric(type), "bigint");
    if (rows.isNull(column)) {
      return 0;
    }
    return isNumeric(type)
        ? columns.get(column).asLong((Numeric) rows.getObject(column))
        : rows.getLong(column);
  }

  private static boolean isNumeric(SqlType type) {
    return type.unmodified() == SqlType.NUMERIC;
  }

  private static boolean isWhole(SqlType type) {
    return type == SqlType.BIGINT || type == SqlType.INTEGER || type == SqlType.SMALLINT;
  }

  @Override
  public double getDouble(int column) {
    SqlType type = columns.get(column).type();
    boolean whole = isWhole(type);
    boolean numeric = isNumeric(type);
    requireType(
        column,
        whole || numeric || type == SqlType.DOUBLE_PRECISION || type == SqlType.REAL,
        "double precision");
    if (rows.isNull(column)) {
      return 0;
    }
    if (numeric) {
      return ((Numeric) rows.getObject(column)).doubleValue();
    }
    return whole ? rows.getLong(column) : rows.getDouble(column);
  }

  @Override
  public String getString(int column) {
    requireType(column, ColumnForm.isText(columns.get(column).type()), "text");
    return rows.isNull(column) ? null : rows.getText(column);
  }

  @Override
  public Value get(int column) {
    requireRow(column);
    if (rows.isNull(column)) {
      return Value.NULL;
    }
    SqlType type = columns.get(column).type();
    return switch (ColumnForm.of(type)) {
      case BOOLEAN, SHORT, INT, LONG -> Values.of(type, rows.getLong(column));
      case FLOAT, DOUBLE -> Values.of(type, rows.getDouble(column));
      case TEXT, PADDED_TEXT -> Value.of(rows.getText(column));
      case OBJECT -> Values.of(rows.getObject(column));
    };
  }

  @Override
  public String text(int column) {
    requireRow(column);
    return rows.isNull(column) ? null : TypeOutput.text(get(column), environment.style());
  }

  @Override
  public RowCells cells() {
    return rows;
  }

  @Override
  public TextStyle style() {
    return environment.style();
  }

  private void requireRow(int column) {
    if (!onRow) {
      throw new IllegalStateException(
          "column " + column + " is read where there is no row: call next() first");
    }
  }

  private void requireType(int column, boolean fits, String asked) {
    requireRow(column);
    if (!fits) {
      throw columns.get(column).notReadAs(asked);
    }
  }

  @Override
  public void close() {
    if (!closed) {
      closed = true;
      if (counts != null) {
        counts.returned(passed);
      }
      if (totals != null) {
        totals.addRows(passed);
      }
      rows.close();
      end.finished();
    }
  }
}

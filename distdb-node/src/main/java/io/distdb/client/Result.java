// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * Rows as they are found, walked over once; it is its own current {@link Row}. Starts before the
 * first row. Ends by itself after the last; a caller that stops earlier closes it. Used by one
 * thread at a time.
 */
public final class Result implements Row, AutoCloseable {
  private final List<ResultColumn> columns;
  private final Lease lease;
  private ResultRows rows;

  /**
   * @param lease gets its session back to the pool when the rows end
   */
  Result(ResultRows rows, Lease lease) {
    this.rows = rows;
    this.columns = rows.columns();
    this.lease = lease;
  }

  /** Names and types, in order; known before the first row, and after the last. */
  public List<ResultColumn> columns() {
    return columns;
  }

  /**
   * Moves to the next row; false when there is none.
   *
   * @throws DistDbException what computing the row met; the result is closed then
   */
  public boolean next() {
    if (rows == null) {
      return false;
    }
    boolean found = false;
    try {
      found = rows.next();
    } finally {
      if (!found) {
        close();
      }
    }
    return found;
  }

  /** Calls {@code action} with each row that is left, then closes. */
  public void forEach(Consumer<? super Row> action) {
    try (this) {
      while (next()) {
        action.accept(this);
      }
    }
  }

  /** What {@code mapper} makes of each row that is left, in order; then closes. */
  public <T> List<T> toList(Function<? super Row, ? extends T> mapper) {
    List<T> list = new ArrayList<>();
    forEach(row -> list.add(mapper.apply(row)));
    return list;
  }

  /**
   * The rows that are left as records, whose components are called as the columns, {@code
   * unitPrice} as {@code unit_price}; then closes.
   *
   * @throws DistDbException {@code UNDEFINED_COLUMN}, {@code CANNOT_COERCE}
   */
  public <T extends Record> List<T> toList(Class<T> type) {
    try (this) {
      return toList(new RecordMapper<>(type, this)::map);
    }
  }

  @Override
  public int column(String name) {
    for (int i = 0; i < columns.size(); i++) {
      if (columns.get(i).name().equals(name)) {
        return i;
      }
    }
    List<String> names = columns.stream().map(ResultColumn::name).toList();
    throw new DistDbException(
        ErrorCode.UNDEFINED_COLUMN,
        "the result has no column \"" + name + "\"; its columns are " + String.join(", ", names));
  }

  @Override
  public boolean isNull(int column) {
    return current().isNull(column);
  }

  @Override
  public boolean getBoolean(int column) {
    return current().getBoolean(column);
  }

  @Override
  public int getInt(int column) {
    return current().getInt(column);
  }

  @Override
  public long getLong(int column) {
    return current().getLong(column);
  }

  @Override
  public double getDouble(int column) {
    return current().getDouble(column);
  }

  @Override
  public String getString(int column) {
    return current().getString(column);
  }

  @Override
  public Value getValue(int column) {
    return current().get(column);
  }

  private ResultRows current() {
    if (rows == null) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "the result is closed: it has no row")
          .withHint("Read rows while next() answers true.");
    }
    return rows;
  }

  /** Ends the statement. May be called twice. */
  @Override
  public void close() {
    if (rows != null) {
      ResultRows open = rows;
      rows = null;
      try {
        open.close();
      } finally {
        lease.release();
      }
    }
  }
}

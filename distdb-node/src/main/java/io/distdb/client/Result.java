// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Rows as they are found, walked over once; it is its own current {@link Row}. Starts before the
 * first row. Ends by itself after the last; a caller that stops earlier closes it. Used by one
 * thread at a time.
 */
public final class Result implements Row, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Result.class);

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
   * @throws DistDbException what computing the row met, or {@code CONNECTION_CLOSED}: the client is
   *     closed; the result is closed then
   */
  public boolean next() {
    if (rows == null) {
      return false;
    }
    try {
      lease.checkOpen();
      boolean found = rows.next();
      if (!found) {
        close();
      }
      return found;
    } catch (RuntimeException | Error failure) {
      closeAfter(failure);
      throw failure;
    }
  }

  private void closeAfter(Throwable failure) {
    try {
      close();
    } catch (DistDbException another) {
      failure.addSuppressed(another);
    }
  }

  /** The rows that are left, each by itself, as {@link Statements#stream}. */
  public Stream<Row> stream() {
    return StreamSupport.stream(new RowSpliterator(this), false).onClose(this::close);
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

  /** The only row. */
  <T> Optional<T> one(Function<? super Row, ? extends T> mapper) {
    if (!next()) {
      return Optional.empty();
    }
    T answer = mapper.apply(this);
    if (next()) {
      throw new DistDbException(
              ErrorCode.CARDINALITY_VIOLATION, "the query has more than one row, where one is read")
          .withHint("Use query or stream, or add LIMIT 1.");
    }
    return Optional.ofNullable(answer);
  }

  /** The value of the only row and column; null when there is no row. */
  <T> T value(Class<T> type) {
    if (columns.size() != 1) {
      throw new DistDbException(
          ErrorCode.SYNTAX_ERROR,
          "the query has " + columns.size() + " columns, where one value is read");
    }
    return this.<T>one(row -> row.getObject(0, type)).orElse(null);
  }

  @Override
  public int column(String name) {
    return column(columns, name);
  }

  static int column(List<ResultColumn> columns, String name) {
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
      } catch (DistDbException failure) {
        if (failure.code() != ErrorCode.SHUTTING_DOWN) {
          throw failure;
        }
        LOG.debug("a result was still open when its database closed", failure);
      } finally {
        lease.release();
      }
    }
  }
}

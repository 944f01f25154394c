// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.function.TypeInput;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.postgresql.core.ResultCursor;
import org.postgresql.core.Tuple;

/** Rows in the protocol's text format, fetched as they are read. */
final class RemoteRows implements ResultRows {
  private final RemoteSession session;
  private final List<ResultColumn> columns;
  private final boolean inOwnBlock;
  private final long block;
  private List<Tuple> rows;
  private ResultCursor cursor;
  private int at = -1;
  private volatile boolean canceled;

  /**
   * @param inOwnBlock whether the transaction block that the cursor needs ends with the rows
   */
  RemoteRows(RemoteSession session, Answer answer, boolean inOwnBlock) {
    this.session = session;
    this.columns = List.copyOf(answer.columns());
    this.rows = answer.rows();
    this.cursor = answer.cursor();
    this.inOwnBlock = inOwnBlock;
    block = inOwnBlock ? -1 : session.block();
  }

  boolean isInOwnBlock() {
    return inOwnBlock;
  }

  @Override
  public List<ResultColumn> columns() {
    return columns;
  }

  @Override
  public boolean next() {
    if (block >= 0 && block != session.block()) {
      close();
      return false;
    }
    if (canceled) {
      throw givenUp();
    }
    if (at + 1 < rows.size()) {
      at++;
      return true;
    }
    if (cursor == null) {
      close();
      return false;
    }
    checkInterrupt();
    fetch();
    at = -1;
    return next();
  }

  private void fetch() {
    boolean done = false;
    try {
      Answer more = session.fetch(cursor);
      rows = more.rows();
      cursor = more.cursor();
      done = true;
    } finally {
      if (!done) {
        closeQuietly();
      }
    }
  }

  private void checkInterrupt() {
    if (Thread.currentThread().isInterrupted()) {
      throw givenUp();
    }
  }

  /** What reads them is to end. Any thread. */
  void cancel() {
    canceled = true;
  }

  private DistDbException givenUp() {
    closeQuietly();
    return new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
  }

  /** What is left goes into memory, and the block ends. */
  void readAll() {
    List<Tuple> all = new ArrayList<>(rows.subList(at + 1, rows.size()));
    Tuple current = at >= 0 && at < rows.size() ? rows.get(at) : null;
    while (cursor != null) {
      fetch();
      all.addAll(rows);
    }
    if (current != null) {
      all.addFirst(current);
    }
    rows = all;
    at = current == null ? -1 : 0;
    session.endOwnBlock(this);
  }

  private byte[] bytes(int column) {
    return rows.get(at).get(column);
  }

  @Override
  public boolean isNull(int column) {
    return bytes(column) == null;
  }

  @Override
  public String text(int column) {
    byte[] bytes = bytes(column);
    return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
  }

  @Override
  public boolean getBoolean(int column) {
    byte[] bytes = bytes(column);
    if (bytes == null) {
      return false;
    }
    if (columns.get(column).type() != SqlType.BOOLEAN) {
      throw columns.get(column).notReadAs("boolean");
    }
    return bytes[0] == 't';
  }

  @Override
  public int getInt(int column) {
    return columns.get(column).asInt(whole(column, "integer"));
  }

  @Override
  public long getLong(int column) {
    return whole(column, "bigint");
  }

  private long whole(int column, String asked) {
    String text = text(column);
    if (text == null) {
      return 0;
    }
    SqlType type = columns.get(column).type().unmodified();
    if (type == SqlType.BIGINT || type == SqlType.INTEGER || type == SqlType.SMALLINT) {
      return Long.parseLong(text);
    }
    if (type != SqlType.NUMERIC) {
      throw columns.get(column).notReadAs(asked);
    }
    return columns.get(column).asLong(((Value.NumericValue) get(column)).value());
  }

  @Override
  public double getDouble(int column) {
    String text = text(column);
    if (text == null) {
      return 0;
    }
    SqlType type = columns.get(column).type().unmodified();
    return type == SqlType.DOUBLE_PRECISION || type == SqlType.REAL || type == SqlType.NUMERIC
        ? TypeInput.readDouble(text)
        : whole(column, "double precision");
  }

  @Override
  public String getString(int column) {
    SqlType type = columns.get(column).type().unmodified();
    boolean isText = type == SqlType.TEXT || type == SqlType.VARCHAR || type == SqlType.CHAR;
    if (!isText && !isNull(column)) {
      throw columns.get(column).notReadAs("text");
    }
    return text(column);
  }

  @Override
  public Value get(int column) {
    String text = text(column);
    return text == null
        ? Value.NULL
        : TypeInput.read(text, columns.get(column).type().unmodified());
  }

  /** The error that closes them is the one to be told. */
  private void closeQuietly() {
    try {
      close();
    } catch (DistDbException another) {
      // the session finds out whether its connection is of use
    }
  }

  @Override
  public void close() {
    rows = List.of();
    at = -1;
    if (cursor != null) {
      cursor.close();
      cursor = null;
    }
    session.read(this);
    session.endOwnBlock(this);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Value;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.function.SessionControl;
import io.distdb.sql.session.ServerCursor;
import io.distdb.sql.session.ServerCursors;
import io.distdb.sql.session.StatementResult;

/** What Bind made: a statement with its values, and, once it was executed, its rows. */
final class Portal {
  private final WireStatement statement;
  private final Value[] values;
  private final RowFormat format;
  private final long madeMicros;
  private StatementResult result;
  private ServerCursor cursor;
  private long sent;
  private boolean isDone;

  /**
   * @param madeMicros since 1970, UTC
   */
  Portal(WireStatement statement, Value[] values, RowFormat format, long madeMicros) {
    this.statement = statement;
    this.values = values;
    this.format = format;
    this.madeMicros = madeMicros;
  }

  WireStatement statement() {
    return statement;
  }

  RowFormat format() {
    return format;
  }

  /** What it answered: runs the statement the first time. */
  StatementResult result() {
    if (result == null) {
      result = statement.prepared().run(values);
    }
    return result;
  }

  boolean isExecuted() {
    return result != null;
  }

  /** Rows sent so far, of this Execute and those before. */
  long sent() {
    return sent;
  }

  void sent(long rows) {
    sent += rows;
  }

  boolean isDone() {
    return isDone;
  }

  void done() {
    isDone = true;
  }

  /** Through which its rows are read, once FETCH has read some; else null. */
  ServerCursor cursor() {
    return cursor;
  }

  /**
   * The same, for FETCH: runs the statement if it was not yet.
   *
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: it has no rows
   */
  ServerCursor cursor(String name, ServerCursors cursors) {
    if (cursor == null) {
      if (!(result() instanceof StatementResult.Rows rows)) {
        throw cannotRun(name);
      }
      cursor = cursors.over(name, statement.prepared().text(), rows.rows(), sent);
    }
    return cursor;
  }

  static DistDbException cannotRun(String name) {
    return new DistDbException(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "portal \"" + name + "\" cannot be run");
  }

  /** As {@code pg_cursors} shows it. */
  SessionControl.OpenCursor facts(String name) {
    String text = statement.prepared().text();
    return new SessionControl.OpenCursor(name, text, false, false, false, madeMicros);
  }

  /** Ends the statement if its rows were not all read. */
  void close() {
    if (result instanceof StatementResult.Rows rows) {
      rows.rows().close();
    }
  }
}

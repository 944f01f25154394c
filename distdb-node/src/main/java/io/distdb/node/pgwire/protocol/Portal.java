// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.type.Value;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.session.StatementResult;

/** What Bind made: a statement with its values, and, once it was executed, its rows. */
final class Portal {
  private final WireStatement statement;
  private final Value[] values;
  private final RowFormat format;
  private StatementResult result;
  private long sent;
  private boolean isDone;

  Portal(WireStatement statement, Value[] values, RowFormat format) {
    this.statement = statement;
    this.values = values;
    this.format = format;
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
      result = statement.prepared().execute(values);
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

  /** Ends the statement if its rows were not all read. */
  void close() {
    if (result instanceof StatementResult.Rows rows) {
      rows.rows().close();
    }
  }
}

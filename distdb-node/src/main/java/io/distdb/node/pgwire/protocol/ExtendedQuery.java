// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.node.pgwire.type.ParameterReader;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.external.TypeNumbers;
import io.distdb.sql.session.LocalRows;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultColumn;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.ServerCursor;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import io.distdb.sql.setting.TextStyle;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/**
 * Parse, Bind, Describe, Execute, Close and Sync. PostgreSQL's documentation, "Extended Query".
 *
 * <p>What comes before a Sync is one transaction. A single Execute that is followed by its Sync is
 * run as a statement alone instead, which says the same, costs less, and can be repeated after a
 * conflict without the client's knowing; so the message behind an Execute is looked at when it has
 * arrived.
 */
final class ExtendedQuery {
  /** In place of a value's length. */
  private static final int NULL_LENGTH = -1;

  private final ServerSession session;
  private final MessageInput in;
  private final Replies replies;
  private final MessageWriter out;
  private final WireStatements statements;
  private final Portals portals;
  private final ParameterReader parameters = new ParameterReader();
  private boolean inPipeline;

  ExtendedQuery(ServerSession session, MessageInput in, Replies replies) {
    this.session = session;
    this.in = in;
    this.replies = replies;
    out = replies.writer();
    statements = new WireStatements(session);
    portals = new Portals(session);
  }

  void parse() {
    String name = in.getString();
    String text = in.getString();
    List<SqlType> declared = declaredTypes();
    in.end();
    statements.parse(name, text, declared);
    replies.empty('1');
  }

  private List<SqlType> declaredTypes() {
    int count = in.getShort() & 0xFFFF;
    if (count == 0) {
      return List.of();
    }
    List<SqlType> declared = new ArrayList<>(count);
    for (int i = 0; i < count; i++) {
      declared.add(ParameterReader.declared(in.getInt()).orElse(null));
    }
    return declared;
  }

  void bind() {
    String portal = in.getString();
    WireStatement statement = statements.require(in.getString());
    requireRunnable(statement);
    portals.checkFree(portal);
    short[] parameterFormats = formats();
    Value[] values = values(portal, statement, parameterFormats);
    short[] resultFormats = formats();
    in.end();
    portals.bind(portal, statement, values, statement.format(resultFormats));
    replies.empty('2');
  }

  /** In a block that has failed only what ends it. */
  private void requireRunnable(WireStatement statement) {
    if (session.transactionStatus() == TransactionStatus.FAILED
        && !statement.prepared().isTransactionExit()) {
      throw Conversation.failedBlock();
    }
  }

  private short[] formats() {
    int count = in.getShort() & 0xFFFF;
    if (count == 0) {
      return RowFormat.TEXT;
    }
    short[] formats = new short[count];
    for (int i = 0; i < count; i++) {
      formats[i] = (short) in.getShort();
    }
    return formats;
  }

  private Value[] values(String portal, WireStatement statement, short[] formats) {
    List<SqlType> types = statement.parameterTypes();
    int count = in.getShort() & 0xFFFF;
    if (formats.length > 1 && formats.length != count) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          "bind message has " + formats.length + " parameter formats but " + count + " parameters");
    }
    if (count != types.size()) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          "bind message supplies "
              + count
              + " parameters, but prepared statement requires "
              + types.size());
    }
    Value[] values = new Value[count];
    for (int i = 0; i < count; i++) {
      int length = in.getInt();
      values[i] =
          length == NULL_LENGTH
              ? Value.NULL
              : value(portal, i, types.get(i), RowFormat.format(formats, i), length);
    }
    return values;
  }

  private Value value(String portal, int parameter, SqlType type, int format, int length) {
    int from = in.position();
    in.skip(length);
    return parameters.read(
        portal, parameter + 1, type, format, in.array(), from, length, session.environment());
  }

  void describe() {
    byte kind = in.getByte();
    String name = in.getString();
    in.end();
    switch (kind) {
      case 'S' -> {
        WireStatement statement = statements.require(name);
        requireUsable(statement);
        List<SqlType> types = statement.parameterTypes();
        out.begin((byte) 't');
        out.putShort(types.size());
        types.forEach(type -> out.putInt(TypeNumbers.of(type)));
        out.end();
        describeRows(statement, statement.format(RowFormat.TEXT));
      }
      case 'P' -> {
        Portal portal = portals.find(name);
        if (portal == null) {
          new RowFormat(declared(name).columns(), RowFormat.TEXT).describe(out);
        } else {
          requireUsable(portal.statement());
          describeRows(portal.statement(), portal.format());
        }
      }
      default -> throw unknownKind("DESCRIBE", kind);
    }
  }

  /** In a block that has failed nothing is said of rows. */
  private void requireUsable(WireStatement statement) {
    if (session.transactionStatus() == TransactionStatus.FAILED
        && !statement.prepared().columns().isEmpty()) {
      throw Conversation.failedBlock();
    }
  }

  private ServerCursor declared(String name) {
    ServerCursor cursor = portals.declared(name);
    if (cursor == null) {
      throw Portals.missing(name);
    }
    return cursor;
  }

  private void describeRows(WireStatement statement, RowFormat format) {
    if (statement.prepared().columns().isEmpty()) {
      replies.empty('n');
    } else {
      format.describe(out);
    }
  }

  void execute() throws IOException {
    String name = in.getString();
    int rowsMax = in.getInt();
    in.end();
    long wanted = rowsMax <= 0 ? Long.MAX_VALUE : rowsMax;
    Portal portal = portals.find(name);
    if (portal == null) {
      ServerCursor cursor = declared(name);
      fetch(cursor, new RowFormat(cursor.columns(), RowFormat.TEXT), wanted);
      return;
    }
    requireRunnable(portal.statement());
    if (portal.cursor() != null) {
      fetch(portal.cursor(), portal.format(), wanted);
      return;
    }
    if (!portal.isExecuted()) {
      Prepared prepared = portal.statement().prepared();
      if (prepared.isEmpty()) {
        replies.empty('I');
        return;
      }
      if (inPipeline || in.peek() != 'S') {
        inPipeline = true;
        session.beginPipeline();
      }
    }
    switch (portal.result()) {
      case StatementResult.Command command -> complete(name, portal, command);
      case StatementResult.Rows rows -> send(portal, rows, wanted);
    }
  }

  /** The next rows of what FETCH reads too. */
  private void fetch(ServerCursor cursor, RowFormat format, long rowsMax) throws IOException {
    if (session.transactionStatus() == TransactionStatus.FAILED) {
      throw Conversation.failedBlock();
    }
    try (LocalRows rows = (LocalRows) session.cursors().fetch(cursor, rowsMax).rows()) {
      long sent = 0;
      while (rows.next()) {
        format.row(rows.cells(), rows.style(), out);
        sent++;
        replies.flushIfLarge();
      }
      if (sent == rowsMax) {
        replies.empty('s');
      } else {
        replies.notices(session.takeNotices());
        replies.commandComplete("SELECT " + sent);
      }
    }
  }

  private void complete(String name, Portal portal, StatementResult.Command command) {
    if (portal.isDone()) {
      throw Portal.cannotRun(name);
    }
    portal.done();
    replies.notices(session.takeNotices());
    replies.notices(command.notices());
    replies.commandComplete(command.completion());
  }

  private void send(Portal portal, StatementResult.Rows result, long rowsMax) throws IOException {
    LocalRows rows = (LocalRows) result.rows();
    RowFormat format = portal.format();
    TextStyle style = rows.style();
    if (!portal.isDone() && portal.sent() == 0) {
      checkColumns(portal, rows);
    }
    long sent = 0;
    while (sent < rowsMax) {
      if (!rows.next()) {
        portal.done();
        break;
      }
      format.row(rows.cells(), style, out);
      sent++;
      replies.flushIfLarge();
    }
    portal.sent(sent);
    if (portal.isDone()) {
      replies.notices(session.takeNotices());
      result.change().ifPresent(change -> replies.notices(change.notices()));
      replies.commandComplete(result.completion(sent));
    } else {
      replies.empty('s');
    }
  }

  /** The client was told of other columns, and would read these wrongly. */
  private static void checkColumns(Portal portal, ResultRows rows) {
    if (!ResultColumn.areAlike(portal.statement().prepared().columns(), rows.columns())) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "cached plan must not change result type");
    }
  }

  void close() {
    byte kind = in.getByte();
    String name = in.getString();
    in.end();
    switch (kind) {
      case 'S' -> statements.forget(name);
      case 'P' -> portals.forget(name);
      default -> throw unknownKind("CLOSE", kind);
    }
    replies.empty('3');
  }

  private static DistDbException unknownKind(String message, byte kind) {
    return new DistDbException(
        ErrorCode.PROTOCOL_VIOLATION, "invalid " + message + " message subtype " + kind);
  }

  /** Commits what the messages up to here have done. */
  void sync() {
    inPipeline = false;
    boolean closes = session.transactionStatus() == TransactionStatus.IDLE;
    if (closes) {
      closePortals();
    }
    session.endImplicit();
  }

  /** The transaction is over. */
  void closePortals() {
    portals.closeAll();
  }

  /** A simple query makes the unnamed ones go. */
  void closeUnnamed() {
    statements.forgetUnnamed();
    portals.closeUnnamed();
  }
}

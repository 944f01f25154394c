// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.node.pgwire.type.RowFormat;
import io.distdb.sql.parse.StatementSplitter;
import io.distdb.sql.session.LocalRows;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.setting.TextStyle;
import java.io.IOException;
import java.util.List;

/**
 * Query: a text of any number of statements, which are one transaction unless they say otherwise.
 * PostgreSQL's documentation, "Simple Query".
 */
final class SimpleQuery {
  private final ServerSession session;
  private final Replies replies;
  private final MessageWriter out;

  SimpleQuery(ServerSession session, Replies replies) {
    this.session = session;
    this.replies = replies;
    out = replies.writer();
  }

  void run(String text) throws IOException {
    List<StatementSplitter.Part> parts = StatementSplitter.split(text);
    if (parts.isEmpty()) {
      replies.empty('I');
      return;
    }
    for (StatementSplitter.Part part : parts) {
      if (parts.size() > 1) {
        session.beginImplicit();
      }
      try {
        run(part);
        replies.flushIfLarge();
      } catch (DistDbException error) {
        throw placed(error, text, part.start());
      }
    }
    session.endImplicit();
  }

  private void run(StatementSplitter.Part part) throws IOException {
    switch (session.execute(part.text())) {
      case StatementResult.Command command -> {
        replies.notices(session.takeNotices());
        replies.notices(command.notices());
        replies.commandComplete(command.completion());
      }
      case StatementResult.Rows rows -> send(rows);
    }
  }

  private void send(StatementResult.Rows result) throws IOException {
    try (LocalRows rows = (LocalRows) result.rows()) {
      RowFormat format = new RowFormat(rows.columns(), RowFormat.TEXT);
      TextStyle style = rows.style();
      format.describe(out);
      long sent = 0;
      while (rows.next()) {
        format.row(rows.cells(), style, out);
        sent++;
        replies.flushIfLarge();
      }
      replies.notices(session.takeNotices());
      replies.commandComplete(result.completion(sent));
    }
  }

  /** Places of errors count from the start of the whole text, in characters. */
  private static DistDbException placed(DistDbException error, String text, int start) {
    return error.position() == 0 || start == 0
        ? error
        : error.at(error.position() + text.codePointCount(0, start));
  }
}

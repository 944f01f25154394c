// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.sql.session.ReportedSetting;
import io.distdb.sql.session.ServerSession;
import io.distdb.sql.session.TransactionStatus;
import java.io.IOException;

/**
 * The messages of one client after its start, one {@link #handle} each. Used by one thread at a
 * time.
 *
 * <p>After an error within extended queries everything up to the next Sync is thrown away, as the
 * client has sent it before it could know.
 */
public final class Conversation {
  private final ServerSession session;
  private final MessageInput in;
  private final Replies replies;
  private final SimpleQuery simple;
  private final ExtendedQuery extended;
  private boolean skipsToSync;

  public Conversation(ServerSession session, MessageInput in, Replies replies) {
    this.session = session;
    this.in = in;
    this.replies = replies;
    simple = new SimpleQuery(session, replies);
    extended = new ExtendedQuery(session, in, replies);
    session.copyWith(new CopyMessages(in, replies));
  }

  /** Says that the first message is waited for. */
  public void begin() {
    ready();
  }

  /**
   * Waits for a message and answers it, though the answer may not be sent yet.
   *
   * @return false: the client has said good-bye, or is gone
   * @throws ProtocolException the connection is to end, after its error was told
   */
  public boolean handle() throws IOException {
    int type = in.next();
    if (type == MessageInput.END || type == 'X') {
      return false;
    }
    if (skipsToSync && type != 'S') {
      return true;
    }
    if (type == 'Q') {
      query();
      return true;
    }
    if (type == 'F') {
      functionCall();
      return true;
    }
    try {
      extended(type);
      replies.flushIfLarge();
    } catch (DistDbException error) {
      session.fail();
      replies.notices(session.takeNotices());
      replies.error(error);
      skipsToSync = true;
    }
    return true;
  }

  private void query() throws IOException {
    try {
      extended.closeUnnamed();
      String text = in.getString();
      in.end();
      simple.run(text);
    } catch (DistDbException error) {
      session.fail();
      replies.notices(session.takeNotices());
      replies.error(error);
      endFailed();
    }
    if (session.transactionStatus() == TransactionStatus.IDLE) {
      extended.closePortals();
    }
    ready();
  }

  /** As a query, it is answered by an error and that the next message is waited for. */
  private void functionCall() {
    session.fail();
    replies.error(
        new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "function call messages are not supported"));
    endFailed();
    ready();
  }

  private void extended(int type) throws IOException {
    switch (type) {
      case 'P' -> extended.parse();
      case 'B' -> extended.bind();
      case 'D' -> extended.describe();
      case 'E' -> extended.execute();
      case 'C' -> extended.close();
      case 'H' -> replies.flush();
      case 'S' -> sync();
      case 'd', 'c', 'f' -> {
        // Of a COPY that has failed: the client did not know yet.
      }
      default -> throw new ProtocolException("invalid frontend message type " + type);
    }
  }

  private void sync() {
    skipsToSync = false;
    try {
      in.end();
      extended.sync();
    } catch (DistDbException error) {
      replies.error(error);
    }
    ready();
  }

  /** What was set meanwhile, and that the next message is waited for. */
  private void ready() {
    for (ReportedSetting setting : session.takeReported()) {
      replies.parameterStatus(setting.name(), setting.value());
    }
    tellNotifications();
    replies.readyForQuery(session.transactionStatus());
  }

  /**
   * Says what NOTIFY has for the client, unless a transaction is open: then it waits for the end of
   * that. Also between messages, by who keeps the client's thread away.
   */
  public void tellNotifications() {
    if (session.transactionStatus() == TransactionStatus.IDLE) {
      session.takeNotifications().forEach(replies::notification);
    }
  }

  /** An implicit block that has failed goes; one that BEGIN opened waits for its ROLLBACK. */
  private void endFailed() {
    try {
      session.endImplicit();
    } catch (DistDbException another) {
      replies.error(another);
    }
  }

  static DistDbException failedBlock() {
    return new DistDbException(
        ErrorCode.IN_FAILED_TRANSACTION,
        "current transaction is aborted, commands ignored until end of transaction block");
  }
}

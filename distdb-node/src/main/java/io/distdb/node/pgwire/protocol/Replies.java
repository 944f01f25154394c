// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorObject;
import io.distdb.node.pgwire.message.Channel;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.sql.session.Notice;
import io.distdb.sql.session.Notification;
import io.distdb.sql.session.TransactionStatus;
import java.io.IOException;
import java.util.List;

/**
 * What is said to a client, gathered until {@link #flush}. PostgreSQL's documentation, "Message
 * Formats". Used by the connection's thread.
 */
public final class Replies {
  /** What is said of a prepared statement whose columns are others by now. */
  private static final String CHANGED_RESULT = "cached plan must not change result type";

  /** The routine of PostgreSQL that says it: pgjdbc then prepares the statement anew. */
  private static final String REVALIDATE = "RevalidateCachedQuery";

  /** Past this rows are sent before their statement has ended. */
  private static final int FLUSH_BYTES = 32 << 10;

  private final Channel channel;
  private final MessageWriter out;

  public Replies(Channel channel) {
    this.channel = channel;
    out = new MessageWriter();
  }

  /** To write messages of one's own. */
  public MessageWriter writer() {
    return out;
  }

  /** Sends what is there. */
  public void flush() throws IOException {
    if (out.size() > 0) {
      channel.write(out.array(), 0, out.size());
      out.reset();
    }
  }

  /** All was sent, and the client is waited for: lets go of memory that this does not need. */
  public void shrink() {
    out.shrink();
  }

  /** Sends what is there if it is much. */
  public void flushIfLarge() throws IOException {
    if (out.size() >= FLUSH_BYTES) {
      flush();
    }
  }

  /**
   * Forgets what was not sent: rows of a statement that failed may stay, half a message may not.
   */
  void empty(char type) {
    out.begin((byte) type);
    out.end();
  }

  public void parameterStatus(String name, String value) {
    out.begin((byte) 'S');
    out.putCString(name);
    out.putCString(value);
    out.end();
  }

  /**
   * Protocol 3.0 is spoken, whatever was asked for.
   *
   * @param unknown options that are not known here
   */
  public void negotiateVersion(List<String> unknown) {
    out.begin((byte) 'v');
    out.putInt(3 << 16);
    out.putInt(unknown.size());
    unknown.forEach(out::putCString);
    out.end();
  }

  public void authenticationOk() {
    out.begin((byte) 'R');
    out.putInt(0);
    out.end();
  }

  /** Asks for one of these mechanisms. */
  public void offerSasl(List<String> mechanisms) {
    out.begin((byte) 'R');
    out.putInt(10);
    mechanisms.forEach(out::putCString);
    out.putByte(0);
    out.end();
  }

  /**
   * @param step 11: it goes on; 12: the last message
   */
  public void sasl(int step, byte[] message) {
    out.begin((byte) 'R');
    out.putInt(step);
    out.putBytes(message, 0, message.length);
    out.end();
  }

  public void backendKey(int process, int secret) {
    out.begin((byte) 'K');
    out.putInt(process);
    out.putInt(secret);
    out.end();
  }

  void notification(Notification notification) {
    out.begin((byte) 'A');
    out.putInt(notification.processId());
    out.putCString(notification.channel());
    out.putCString(notification.payload());
    out.end();
  }

  void commandComplete(String tag) {
    out.begin((byte) 'C');
    out.putCString(tag);
    out.end();
  }

  void readyForQuery(TransactionStatus status) {
    out.begin((byte) 'Z');
    out.putByte(
        switch (status) {
          case IDLE -> 'I';
          case IN_TRANSACTION -> 'T';
          case FAILED -> 'E';
        });
    out.end();
  }

  /** An error that ends the statement. */
  void error(DistDbException error) {
    problem('E', "ERROR", error);
  }

  /** An error that ends the connection. */
  public void fatal(DistDbException error) {
    problem('E', "FATAL", error);
  }

  private void problem(char type, String severity, DistDbException error) {
    out.begin((byte) type);
    field('S', severity);
    field('V', severity);
    field('C', error.sqlState());
    field('M', error.getMessage());
    error.detail().ifPresent(detail -> field('D', detail));
    error.hint().ifPresent(hint -> field('H', hint));
    if (error.position() > 0) {
      field('P', Integer.toString(error.position()));
    }
    error.context().ifPresent(context -> field('W', context));
    error.object().ifPresent(this::object);
    if (error.getMessage().equals(CHANGED_RESULT)) {
      field('R', REVALIDATE);
    }
    out.putByte(0);
    out.end();
  }

  void notices(List<Notice> notices) {
    for (Notice notice : notices) {
      notice(notice);
    }
  }

  void notice(Notice notice) {
    out.begin((byte) 'N');
    field('S', notice.severity().name());
    field('V', notice.severity().name());
    field('C', notice.sqlState());
    field('M', notice.message());
    notice.detail().ifPresent(detail -> field('D', detail));
    notice.hint().ifPresent(hint -> field('H', hint));
    out.putByte(0);
    out.end();
  }

  private void object(ErrorObject object) {
    optional('s', object.schema());
    optional('t', object.table());
    optional('c', object.column());
    optional('d', object.dataType());
    optional('n', object.constraint());
  }

  /**
   * @param text null for none
   */
  private void optional(char code, String text) {
    if (text != null) {
      field(code, text);
    }
  }

  private void field(char code, String text) {
    out.putByte(code);
    out.putCString(text.indexOf(0) < 0 ? text : text.replace('\0', ' '));
  }
}

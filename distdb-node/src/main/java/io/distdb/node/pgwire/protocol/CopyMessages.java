// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.protocol;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.pgwire.message.MessageInput;
import io.distdb.node.pgwire.message.MessageWriter;
import io.distdb.node.pgwire.message.ProtocolException;
import io.distdb.sql.execute.CopyClient;
import io.distdb.sql.execute.CopyShape;
import io.distdb.sql.execute.CopyTarget;
import io.distdb.sql.external.ByteOutput;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;

/**
 * COPY's data between a statement and the client. PostgreSQL's documentation, "COPY Operations".
 *
 * <p>Nothing is gathered: a message of the client is read when the statement wants more, and rows
 * are sent when a buffer of them is full, so that the slower of both sides sets the pace. What a
 * client still sends after its COPY has failed is left to the conversation, which passes over it.
 */
final class CopyMessages implements CopyClient {
  private final MessageInput in;
  private final Replies replies;
  private final MessageWriter out;

  CopyMessages(MessageInput in, Replies replies) {
    this.in = in;
    this.replies = replies;
    out = replies.writer();
  }

  private void begin(char type, CopyShape shape) {
    int format = shape.binary() ? 1 : 0;
    out.begin((byte) type);
    out.putByte(format);
    out.putShort(shape.columns());
    for (int i = 0; i < shape.columns(); i++) {
      out.putShort(format);
    }
    out.end();
  }

  @Override
  public InputStream input(CopyShape shape) {
    begin('G', shape);
    try {
      replies.flush();
    } catch (IOException gone) {
      throw new UncheckedIOException(gone);
    }
    return new Data();
  }

  @Override
  public CopyTarget output(CopyShape shape) {
    begin('H', shape);
    return new Rows();
  }

  /** Each piece is a CopyData message. */
  private final class Rows implements CopyTarget {
    @Override
    public ByteOutput begin() {
      out.begin((byte) 'd');
      return out;
    }

    @Override
    public void end() throws IOException {
      out.end();
      replies.flushIfLarge();
    }

    @Override
    public void finish() {
      replies.empty('c');
    }
  }

  /** What is in the client's CopyData messages up to its CopyDone. */
  private final class Data extends InputStream {
    private final byte[] one = new byte[1];
    private boolean inMessage;
    private boolean ended;

    @Override
    public int read() throws IOException {
      return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
    }

    @Override
    public int read(byte[] target, int offset, int length) throws IOException {
      while (!inMessage || in.remaining() == 0) {
        if (ended || !nextMessage()) {
          ended = true;
          return -1;
        }
      }
      int count = Math.min(length, in.remaining());
      System.arraycopy(in.array(), in.position(), target, offset, count);
      in.skip(count);
      return count;
    }

    /** Moves to the next message; false: there is no more data. */
    private boolean nextMessage() throws IOException {
      inMessage = false;
      int type = nextType();
      switch (type) {
        case 'd' -> inMessage = true;
        case 'c' -> {
          in.end();
          return false;
        }
        case 'f' ->
            throw new DistDbException(
                ErrorCode.QUERY_CANCELED, "COPY from stdin failed: " + in.getString());
        case 'H', 'S' -> {
          // Flush and Sync: a client of extended queries may send them before it knows of the COPY
        }
        case MessageInput.END ->
            throw new DistDbException(
                ErrorCode.PROTOCOL_VIOLATION,
                "unexpected EOF on client connection with an open transaction");
        default ->
            throw new DistDbException(
                ErrorCode.PROTOCOL_VIOLATION,
                "unexpected message type 0x%02X during COPY from stdin".formatted(type));
      }
      return true;
    }

    /** What cannot be read ends the statement first; the next message is refused again. */
    private int nextType() throws IOException {
      try {
        return in.next();
      } catch (ProtocolException wrong) {
        throw wrong.error();
      }
    }

    /** Passes over what comes after the data said that it has ended. */
    @Override
    public void close() throws IOException {
      while (!ended) {
        ended = !nextMessage();
      }
    }
  }
}

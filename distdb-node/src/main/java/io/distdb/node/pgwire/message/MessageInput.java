// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire.message;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.net.SocketTimeoutException;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * Reads a client's messages: {@link #next} moves to one, the getters then walk over its body.
 * PostgreSQL's documentation, "Message Formats". Used by one thread.
 *
 * <p>Messages are read where their bytes arrived, in one array that grows for a large message and
 * shrinks when it is done, so that a connection that waits is small.
 */
public final class MessageInput {
  /** The client has ended, between two messages. */
  public static final int END = -1;

  private static final int IDLE_BYTES = 4 << 10;
  private static final int KEPT_BYTES = 64 << 10;

  /** A client that is waited for a while longer has no larger array. */
  private static final int IDLE_BYTES_MAX = 8 << 10;

  private static final int LARGE_MILLIS = 100;
  private static final int HEADER_BYTES = 5;
  private static final int LENGTH_BYTES = 4;

  private final Channel channel;
  private final int messageBytesMax;
  private byte[] bytes = new byte[IDLE_BYTES];

  /** Bytes from here to {@link #end} were read and belong to messages to come. */
  private int next;

  private int end;

  /** The rest of the present message. */
  private int at;

  private int limit;

  /**
   * @param messageBytesMax longest message that is taken
   */
  public MessageInput(Channel channel, int messageBytesMax) {
    this.channel = channel;
    this.messageBytesMax = messageBytesMax;
  }

  /**
   * Moves to the body of a packet without a type, as they come before the start of the protocol.
   *
   * @param lengthMax longest packet, its length included
   * @return false: the client has ended before it
   */
  public boolean nextPacket(int lengthMax) throws IOException {
    if (!fill(LENGTH_BYTES)) {
      return false;
    }
    int length = intAt(next);
    if (length < 2 * LENGTH_BYTES || length > lengthMax) {
      throw new ProtocolException("invalid length of startup packet");
    }
    require(length);
    at = next + LENGTH_BYTES;
    limit = next + length;
    next = limit;
    return true;
  }

  /**
   * Waits for a message and moves to its body.
   *
   * @return its type; or {@link #END}
   * @throws ProtocolException its length is impossible, or the client ended within it
   */
  public int next() throws IOException {
    return next(messageBytesMax);
  }

  /** As {@link #next()}, for a message of at most {@code lengthMax} bytes. */
  public int next(int lengthMax) throws IOException {
    if (!fill(HEADER_BYTES)) {
      return END;
    }
    int type = bytes[next];
    int length = intAt(next + 1);
    if (length < LENGTH_BYTES) {
      throw new ProtocolException("invalid message length");
    }
    if (length > lengthMax) {
      throw new ProtocolException(
          new DistDbException(
                  ErrorCode.PROTOCOL_VIOLATION,
                  "message of "
                      + length
                      + " bytes is longer than the "
                      + lengthMax
                      + " bytes that are allowed")
              .withHint("Raise max_message_size, or send the data in parts."));
    }
    require(1 + length);
    at = next + HEADER_BYTES;
    limit = next + 1 + length;
    next = limit;
    return type;
  }

  /** The type of the message behind the present one, if it has arrived; else {@link #END}. */
  public int peek() {
    return end > next ? bytes[next] : END;
  }

  /** Whether a whole message has arrived, so that {@link #next} does not wait. */
  public boolean hasNext() {
    int there = end - next;
    return there >= HEADER_BYTES && there > Integer.toUnsignedLong(intAt(next + 1));
  }

  /**
   * Waits until something has arrived.
   *
   * @return false: the client has ended
   */
  public boolean await() throws IOException {
    if (end == next && bytes.length > IDLE_BYTES_MAX && !awaitShortly()) {
      bytes = new byte[IDLE_BYTES];
      next = 0;
      end = 0;
    }
    return fill(Math.min(end - next + 1, HEADER_BYTES)) || end > next;
  }

  /** Whether something has arrived, or the end, in the time that a large array is kept for. */
  private boolean awaitShortly() throws IOException {
    channel.timeout(LARGE_MILLIS);
    try {
      fill(1);
      return true;
    } catch (SocketTimeoutException quiet) {
      return false;
    } finally {
      channel.timeout(0);
    }
  }

  /** Whether bytes have arrived that no message was made of yet. */
  public boolean hasBytes() {
    return end > next;
  }

  private void require(int length) throws IOException {
    if (!fill(length)) {
      throw new ProtocolException("unexpected end of the connection within a message");
    }
  }

  /**
   * Waits until {@code length} bytes from {@link #next} are there.
   *
   * @return false: the client has ended
   */
  private boolean fill(int length) throws IOException {
    if (end - next >= length) {
      return true;
    }
    makeRoom(length);
    while (end - next < length) {
      int room = bytes.length - end;
      if (room == 0) {
        // A long message: what is there is doubled, so that a length alone costs no memory.
        bytes = Arrays.copyOf(bytes, (int) Math.min(length, 2L * bytes.length));
        room = bytes.length - end;
      }
      int count = channel.read(bytes, end, room);
      if (count < 0) {
        if (end > next) {
          throw new ProtocolException("unexpected end of the connection within a message");
        }
        return false;
      }
      end += count;
    }
    return true;
  }

  private void makeRoom(int length) {
    int there = end - next;
    if (there == 0 && bytes.length > KEPT_BYTES && length <= HEADER_BYTES) {
      bytes = new byte[IDLE_BYTES];
    } else if (next > 0 && next + length > bytes.length || there == 0) {
      System.arraycopy(bytes, next, bytes, 0, there);
    } else {
      return;
    }
    next = 0;
    end = there;
  }

  // --- the body ---

  /** Bytes of the body that were not read yet. */
  public int remaining() {
    return limit - at;
  }

  public byte getByte() {
    check(1);
    return bytes[at++];
  }

  public int getShort() {
    check(2);
    int value = bytes[at] << 8 | bytes[at + 1] & 0xFF;
    at += 2;
    return value;
  }

  public int getInt() {
    check(4);
    int value = intAt(at);
    at += 4;
    return value;
  }

  /** The array that the body is in; valid until {@link #next}. */
  public byte[] array() {
    return bytes;
  }

  /** Where in {@link #array} the next byte is. */
  public int position() {
    return at;
  }

  /** Passes {@code length} bytes, which the caller has read in {@link #array}. */
  public void skip(int length) {
    check(length);
    at += length;
  }

  /** Text up to a zero byte, which is passed. */
  public String getString() {
    int zero = at;
    while (zero < limit && bytes[zero] != 0) {
      zero++;
    }
    if (zero == limit) {
      throw wrong("invalid string in message");
    }
    String text = text(zero - at);
    at++;
    return text;
  }

  /**
   * Text of {@code length} bytes.
   *
   * @throws DistDbException {@code CHARACTER_NOT_IN_REPERTOIRE}: it is no UTF-8
   */
  public String getText(int length) {
    check(length);
    return text(length);
  }

  private String text(int length) {
    int from = at;
    at += length;
    boolean ascii = true;
    for (int i = from; i < at && ascii; i++) {
      ascii = bytes[i] >= 0;
    }
    if (ascii) {
      return new String(bytes, from, length, StandardCharsets.ISO_8859_1);
    }
    try {
      CharBuffer decoded =
          StandardCharsets.UTF_8
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes, from, length));
      return decoded.toString();
    } catch (CharacterCodingException wrong) {
      throw new DistDbException(
          ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
          "invalid byte sequence for encoding \"UTF8\"",
          wrong);
    }
  }

  /** Says that the body is read: there must be nothing left of it. */
  public void end() {
    if (at != limit) {
      throw wrong("invalid message format");
    }
  }

  private void check(int length) {
    if (length < 0 || length > limit - at) {
      throw wrong("insufficient data left in message");
    }
  }

  /** The message is wrong, but it is known where it ends: the next one can be read. */
  private static DistDbException wrong(String message) {
    return new DistDbException(ErrorCode.PROTOCOL_VIOLATION, message);
  }

  private int intAt(int position) {
    return bytes[position] << 24
        | (bytes[position + 1] & 0xFF) << 16
        | (bytes[position + 2] & 0xFF) << 8
        | bytes[position + 3] & 0xFF;
  }
}

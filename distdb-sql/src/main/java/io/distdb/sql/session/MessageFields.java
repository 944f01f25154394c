// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.function.Function;

/**
 * The fields of a message between nodes, one behind the other: numbers of eight bytes, texts in
 * UTF-8 with their length before them.
 */
final class MessageFields {
  private byte[] bytes = new byte[64];
  private int length;

  MessageFields number(long value) {
    ByteBuffer.wrap(room(Long.BYTES), length, Long.BYTES).putLong(value);
    length += Long.BYTES;
    return this;
  }

  MessageFields text(String value) {
    Bytes utf8 = Bytes.utf8(value);
    int size = Varint.size(utf8);
    Varint.putBytes(ByteBuffer.wrap(room(size), length, size), utf8);
    length += size;
    return this;
  }

  private byte[] room(int more) {
    if (length + more > bytes.length) {
      bytes = Arrays.copyOf(bytes, Math.max(2 * bytes.length, length + more));
    }
    return bytes;
  }

  Bytes toBytes() {
    return Bytes.wrap(Arrays.copyOf(bytes, length));
  }

  /** Takes the fields of a message, in their order. */
  static final class Reader {
    private final ByteBuffer source;

    private Reader(Bytes message) {
      source = ByteBuffer.wrap(message.array());
    }

    long number() {
      return source.getLong();
    }

    int small() {
      return Math.toIntExact(source.getLong());
    }

    String text() {
      return new String(Varint.getBytes(source).array(), StandardCharsets.UTF_8);
    }
  }

  /**
   * @throws DistDbException {@code PROTOCOL_VIOLATION}: the fields are others
   */
  static <T> T read(String what, Bytes message, Function<Reader, T> fields) {
    Reader reader = new Reader(message);
    T read;
    try {
      read = fields.apply(reader);
    } catch (BufferUnderflowException | IllegalArgumentException | ArithmeticException wrong) {
      throw new DistDbException(ErrorCode.PROTOCOL_VIOLATION, what + " is garbled", wrong);
    }
    if (reader.source.hasRemaining()) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          what + " has " + reader.source.remaining() + " bytes too many");
    }
    return read;
  }
}

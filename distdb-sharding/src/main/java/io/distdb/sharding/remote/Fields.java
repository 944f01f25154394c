// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.function.Function;

/** The frame of every message here: a version, then fields. */
final class Fields {
  static final byte VERSION = 1;

  private Fields() {}

  static ByteBuffer begin(int bytesOfFields) {
    return ByteBuffer.allocate(1 + bytesOfFields).put(VERSION);
  }

  static Bytes end(ByteBuffer message) {
    if (message.hasRemaining()) {
      throw new IllegalStateException(message.remaining() + " bytes of a message are not written");
    }
    return Bytes.wrap(message.array());
  }

  /**
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: a newer version; {@code
   *     PROTOCOL_VIOLATION}: not such a message
   */
  static <T> T read(String what, Bytes message, Function<ByteBuffer, T> fields) {
    ByteBuffer source = ByteBuffer.wrap(message.array());
    try {
      byte version = source.get();
      if (version > VERSION) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                what + " has format " + version + ", this binary knows up to " + VERSION)
            .withHint("upgrade this node");
      }
      T read = fields.apply(source);
      if (source.hasRemaining()) {
        throw new IllegalArgumentException(source.remaining() + " bytes are left over");
      }
      return read;
    } catch (IllegalArgumentException | BufferUnderflowException broken) {
      throw new DistDbException(
          ErrorCode.PROTOCOL_VIOLATION,
          what + " of " + message.length() + " bytes cannot be read: " + broken.getMessage(),
          broken);
    }
  }

  static <E extends Enum<E>> E constant(E[] constants, byte ordinal) {
    if (ordinal < 0 || ordinal >= constants.length) {
      throw new IllegalArgumentException("there is no choice " + ordinal);
    }
    return constants[ordinal];
  }
}

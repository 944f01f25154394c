// SPDX-License-Identifier: MIT
package io.distdb.sharding.call;

import io.distdb.api.Bytes;
import io.distdb.api.Varint;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.BufferUnderflowException;
import java.nio.ByteBuffer;
import java.util.Optional;

/**
 * An error on its way to the caller: name of the code, message, detail, hint, each a length and
 * UTF-8; a detail or hint that is absent is empty.
 */
final class ErrorBytes {
  private ErrorBytes() {}

  static Bytes encode(DistDbException error) {
    Bytes code = Bytes.utf8(error.code().name());
    Bytes message = Bytes.utf8(error.getMessage());
    Bytes detail = Bytes.utf8(error.detail().orElse(""));
    Bytes hint = Bytes.utf8(error.hint().orElse(""));
    ByteBuffer target =
        ByteBuffer.allocate(
            Varint.size(code) + Varint.size(message) + Varint.size(detail) + Varint.size(hint));
    Varint.putBytes(target, code);
    Varint.putBytes(target, message);
    Varint.putBytes(target, detail);
    Varint.putBytes(target, hint);
    return Bytes.wrap(target.array());
  }

  /** A code that this version does not know becomes an internal error. */
  static DistDbException decode(Bytes bytes) {
    ByteBuffer source = ByteBuffer.wrap(bytes.array());
    try {
      String code = Varint.getBytes(source).toUtf8();
      String message = Varint.getBytes(source).toUtf8();
      String detail = Varint.getBytes(source).toUtf8();
      String hint = Varint.getBytes(source).toUtf8();
      DistDbException error =
          new DistDbException(code(code).orElse(ErrorCode.INTERNAL_ERROR), message);
      error = detail.isEmpty() ? error : error.withDetail(detail);
      return hint.isEmpty() ? error : error.withHint(hint);
    } catch (BufferUnderflowException | IllegalArgumentException wrong) {
      return new DistDbException(
          ErrorCode.INTERNAL_ERROR, "an error of another node cannot be read", wrong);
    }
  }

  private static Optional<ErrorCode> code(String name) {
    for (ErrorCode code : ErrorCode.values()) {
      if (code.name().equals(name)) {
        return Optional.of(code);
      }
    }
    return Optional.empty();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;

/** Text from bytes that somebody else wrote. */
final class Utf8 {
  private Utf8() {}

  /**
   * @throws DistDbException {@code CHARACTER_NOT_IN_REPERTOIRE}: not UTF-8, or a zero
   */
  static String text(byte[] bytes, int from, int to) {
    boolean ascii = true;
    for (int at = from; at < to; at++) {
      if (bytes[at] <= 0) {
        ascii = false;
        if (bytes[at] == 0) {
          throw invalid(bytes, at, to);
        }
      }
    }
    if (ascii) {
      return new String(bytes, from, to - from, StandardCharsets.ISO_8859_1);
    }
    ByteBuffer buffer = ByteBuffer.wrap(bytes, from, to - from);
    try {
      return StandardCharsets.UTF_8.newDecoder().decode(buffer).toString();
    } catch (CharacterCodingException failure) {
      throw invalid(bytes, buffer.position(), to);
    }
  }

  private static DistDbException invalid(byte[] bytes, int at, int to) {
    String shown = String.format("0x%02x", bytes[Math.min(at, to - 1)]);
    return new DistDbException(
        ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
        "invalid byte sequence for encoding \"UTF8\": " + shown);
  }
}

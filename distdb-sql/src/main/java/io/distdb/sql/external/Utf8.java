// SPDX-License-Identifier: MIT
package io.distdb.sql.external;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.HexFormat;

/** Text from bytes that somebody else wrote. */
public final class Utf8 {
  private static final HexFormat SHOWN = HexFormat.ofDelimiter(" ").withPrefix("0x");

  private Utf8() {}

  /**
   * @throws DistDbException {@code CHARACTER_NOT_IN_REPERTOIRE}: not UTF-8, or a zero
   */
  public static String text(byte[] bytes, int from, int to) {
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

  /** Shows the bytes of the character that is wrong, as many as its first one promises. */
  private static DistDbException invalid(byte[] bytes, int at, int to) {
    int end = Math.min(to, at + promised(bytes[at]));
    return new DistDbException(
        ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
        "invalid byte sequence for encoding \"UTF8\": " + SHOWN.formatHex(bytes, at, end));
  }

  private static int promised(byte first) {
    if ((first & 0xe0) == 0xc0) {
      return 2;
    }
    if ((first & 0xf0) == 0xe0) {
      return 3;
    }
    return (first & 0xf8) == 0xf0 ? 4 : 1;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;

/** BYTEA and UUID from text (PostgreSQL documentation, 8.4 and 8.12). */
public final class ByteaInput {
  private ByteaInput() {}

  /** {@code \x0aff}, or bytes as they are with {@code \\} and {@code \134} as escapes. */
  static Bytes bytea(String text) {
    return text.startsWith("\\x") ? hex(text) : escaped(text);
  }

  private static Bytes hex(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    int at = 2;
    while (at < text.length()) {
      if (TypeInput.isSpace(text.charAt(at))) {
        at++;
        continue;
      }
      if (at + 1 == text.length()) {
        digit(text, at);
        throw invalidHex("invalid hexadecimal data: odd number of digits");
      }
      bytes.write(digit(text, at) << 4 | digit(text, at + 1));
      at += 2;
    }
    return Bytes.wrap(bytes.toByteArray());
  }

  private static int digit(String text, int at) {
    char c = text.charAt(at);
    int digit = c < 0x80 ? Character.digit(c, 16) : -1;
    if (digit < 0) {
      int end = text.offsetByCodePoints(at, 1);
      throw invalidHex("invalid hexadecimal digit: \"" + text.substring(at, end) + "\"");
    }
    return digit;
  }

  private static DistDbException invalidHex(String message) {
    return new DistDbException(ErrorCode.INVALID_PARAMETER_VALUE, message);
  }

  private static Bytes escaped(String text) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] utf8 = text.getBytes(StandardCharsets.UTF_8);
    int at = 0;
    while (at < utf8.length) {
      if (utf8[at] != '\\') {
        bytes.write(utf8[at++]);
      } else if (at + 1 < utf8.length && utf8[at + 1] == '\\') {
        bytes.write('\\');
        at += 2;
      } else {
        bytes.write(octal(utf8, at + 1));
        at += 4;
      }
    }
    return Bytes.wrap(bytes.toByteArray());
  }

  private static int octal(byte[] utf8, int at) {
    boolean octal = at + 3 <= utf8.length && utf8[at] >= '0' && utf8[at] <= '3';
    for (int i = at + 1; octal && i < at + 3; i++) {
      octal = utf8[i] >= '0' && utf8[i] <= '7';
    }
    if (!octal) {
      throw new DistDbException(
          ErrorCode.INVALID_TEXT_REPRESENTATION, "invalid input syntax for type bytea");
    }
    return (utf8[at] - '0') << 6 | (utf8[at + 1] - '0') << 3 | (utf8[at + 2] - '0');
  }
}

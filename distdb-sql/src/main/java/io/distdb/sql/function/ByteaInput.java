// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.UUID;

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

  /**
   * 32 hexadecimal digits, with a hyphen after any group of four, in braces or not.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}
   */
  public static UUID uuid(String text) {
    String body = text;
    if (body.startsWith("{") && body.endsWith("}") && body.length() > 1) {
      body = body.substring(1, body.length() - 1);
    }
    long[] halves = new long[2];
    int digits = 0;
    boolean valid = true;
    for (int i = 0; i < body.length() && valid; i++) {
      char c = body.charAt(i);
      boolean group = digits > 0 && digits % 4 == 0 && digits < 32 && body.charAt(i - 1) != '-';
      if (c == '-' && group) {
        continue;
      }
      int digit = c < 0x80 ? Character.digit(c, 16) : -1;
      valid = digit >= 0 && digits < 32;
      if (valid) {
        halves[digits / 16] = halves[digits / 16] << 4 | digit;
        digits++;
      }
    }
    if (!valid || digits != 32) {
      throw new DistDbException(
          ErrorCode.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type uuid: \"" + text + "\"");
    }
    return new UUID(halves[0], halves[1]);
  }
}

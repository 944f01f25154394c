// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.ast.SourceSpan;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/**
 * What {@code E'…'} says (chapter 4.1.2.2): C-style escapes; octal and hexadecimal ones give bytes
 * of UTF-8, so the whole string is put together as bytes.
 */
final class EscapeString {
  private final String body;
  private final SourceSpan span;
  private byte[] bytes;
  private int count;
  private int at;

  private EscapeString(String body, SourceSpan span) {
    this.body = body;
    this.span = span;
    this.bytes = new byte[body.length() * 3 + 4];
  }

  static String read(String body, SourceSpan span) {
    return new EscapeString(body, span).read();
  }

  private String read() {
    while (at < body.length()) {
      char c = body.charAt(at);
      if (c == '\\') {
        at++;
        escape();
      } else if (c == '\'') {
        at += 2;
        put((byte) '\'');
      } else {
        int character = body.codePointAt(at);
        at += Character.charCount(character);
        put(character);
      }
    }
    try {
      return StandardCharsets.UTF_8
          .newDecoder()
          .decode(ByteBuffer.wrap(bytes, 0, count))
          .toString();
    } catch (CharacterCodingException e) {
      throw new DistDbException(
              ErrorCode.CHARACTER_NOT_IN_REPERTOIRE,
              "the bytes of the escape string are not valid UTF-8",
              e)
          .at(span.position());
    }
  }

  private void escape() {
    char c = body.charAt(at++);
    switch (c) {
      case 'b' -> put((byte) '\b');
      case 'f' -> put((byte) '\f');
      case 'n' -> put((byte) '\n');
      case 'r' -> put((byte) '\r');
      case 't' -> put((byte) '\t');
      case '0', '1', '2', '3', '4', '5', '6', '7' -> {
        at--;
        put((byte) digits(8, 1, 3));
      }
      case 'x' -> {
        if (at < body.length() && Character.digit(body.charAt(at), 16) >= 0) {
          put((byte) digits(16, 1, 2));
        } else {
          put((byte) 'x');
        }
      }
      case 'u' -> unicode(4);
      case 'U' -> unicode(8);
      default -> {
        int character = body.codePointAt(at - 1);
        at += Character.charCount(character) - 1;
        put(character);
      }
    }
  }

  private void unicode(int length) {
    int character = digits(16, length, length);
    if (Character.isHighSurrogate((char) character) && character <= 0xFFFF) {
      if (!body.startsWith("\\u", at)) {
        throw invalid("invalid Unicode surrogate pair");
      }
      at += 2;
      character = Character.toCodePoint((char) character, (char) digits(16, 4, 4));
    }
    if (!Character.isValidCodePoint(character)
        || (character >= Character.MIN_SURROGATE && character <= Character.MAX_SURROGATE)) {
      throw invalid("invalid Unicode escape value");
    }
    put(character);
  }

  private int digits(int radix, int least, int most) {
    long value = 0;
    int read = 0;
    while (read < most && at < body.length()) {
      char c = body.charAt(at);
      int digit = c < 128 ? Character.digit(c, radix) : -1;
      if (digit < 0) {
        break;
      }
      value = value * radix + digit;
      at++;
      read++;
    }
    if (read < least || value > Character.MAX_CODE_POINT) {
      throw invalid("invalid Unicode escape");
    }
    return (int) value;
  }

  private void put(int character) {
    for (byte b : Character.toString(character).getBytes(StandardCharsets.UTF_8)) {
      put(b);
    }
  }

  private void put(byte b) {
    if (count == bytes.length) {
      bytes = Arrays.copyOf(bytes, count * 2);
    }
    bytes[count++] = b;
  }

  private DistDbException invalid(String message) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message)
        .withHint("Unicode escapes must be \\uXXXX or \\UXXXXXXXX.")
        .at(span.position());
  }
}

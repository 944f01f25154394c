// SPDX-License-Identifier: MIT
package io.distdb.sql.text;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.UUID;

/** UUIDs as people write them. */
public final class UuidText {
  private UuidText() {}

  /**
   * 32 hexadecimal digits, with a hyphen after any group of four, in braces or not.
   *
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}
   */
  public static UUID parse(String text) {
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

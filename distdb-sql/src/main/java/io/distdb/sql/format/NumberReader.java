// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.Numeric;
import java.math.BigDecimal;
import java.math.RoundingMode;

/** {@code to_number}: digits at the template's positions; what else is there is passed over. */
public final class NumberReader {
  /** Digits after the point of a number that {@code V} divides. */
  private static final int SHIFTED_SCALE = 16;

  private static final String DATA = "0123456789.,+-";

  private final NumberPattern pattern;
  private final String input;
  private final StringBuilder digits = new StringBuilder();
  private int at;
  private char sign;
  private boolean pointSeen;
  private int after;

  private NumberReader(NumberPattern pattern, String input) {
    this.pattern = pattern;
    this.input = input;
  }

  /**
   * @throws DistDbException {@code INVALID_TEXT_REPRESENTATION}: no digits; {@code
   *     FEATURE_NOT_SUPPORTED}: {@code RN} or {@code EEEE}
   */
  public static Numeric read(String input, String template) {
    NumberPattern pattern = NumberPattern.of(template);
    for (NumberKey key : new NumberKey[] {NumberKey.SCIENTIFIC, NumberKey.ROMAN}) {
      if (pattern.flags.contains(key)) {
        throw new DistDbException(
            ErrorCode.FEATURE_NOT_SUPPORTED, "\"" + key.text() + "\" not supported for input");
      }
    }
    return new NumberReader(pattern, input).read();
  }

  private Numeric read() {
    for (NumberPattern.Part part : pattern.parts) {
      if (at >= input.length()) {
        break;
      }
      if (part.key() == null) {
        passOver(part.text().codePointCount(0, part.text().length()));
      } else {
        key(part.key());
      }
    }
    if (digits.isEmpty() || digits.toString().equals(".")) {
      throw new DistDbException(
          ErrorCode.INVALID_TEXT_REPRESENTATION,
          "invalid input syntax for type numeric: \"" + (sign == '-' ? '-' : ' ') + digits + "\"");
    }
    String text =
        digits.charAt(digits.length() - 1) == '.'
            ? digits.substring(0, digits.length() - 1)
            : digits.toString();
    BigDecimal number = new BigDecimal(text);
    if (pattern.shift > 0) {
      number = number.movePointLeft(pattern.shift).setScale(SHIFTED_SCALE, RoundingMode.HALF_UP);
    }
    return Numeric.of(sign == '-' ? number.negate() : number);
  }

  private void key(NumberKey key) {
    switch (key) {
      case NINE, ZERO, POINT, POINT_OF_LOCALE -> {
        position(key);
        at++;
      }
      case GROUP_COMMA, GROUP_OF_LOCALE -> {
        if (input.charAt(at) == ',') {
          at++;
        }
      }
      case CURRENCY -> passOver(1);
      case MINUS -> placedSign("-");
      case PLUS -> placedSign("+");
      case SIGN_HERE -> placedSign("+-");
      case ORDINAL -> passOver(2);
      case SIGN, BRACKETS, FILL_MODE, BLANK, SHIFT, ROMAN, SCIENTIFIC -> {}
    }
  }

  private void placedSign(String accepted) {
    if (accepted.indexOf(input.charAt(at)) >= 0) {
      sign = input.charAt(at++);
    } else {
      passOver(1);
    }
  }

  private void passOver(int characters) {
    for (int i = 0; i < characters && at < input.length(); i++) {
      if (DATA.indexOf(input.charAt(at)) >= 0) {
        return;
      }
      at += Character.charCount(input.codePointAt(at));
    }
  }

  /** Reads what is at one position of the template; stays at the character that it took. */
  private void position(NumberKey key) {
    while (at < input.length() && input.charAt(at) == ' ') {
      at++;
    }
    boolean digitPosition = key == NumberKey.NINE || key == NumberKey.ZERO;
    if (at < input.length() && digitPosition && sign == 0 && digits.isEmpty()) {
      leadingSign(input.charAt(at));
    }
    if (at >= input.length()) {
      return;
    }
    char c = input.charAt(at);
    boolean taken = false;
    if (c >= '0' && c <= '9') {
      if (pointSeen && after == pattern.after) {
        return;
      }
      digits.append(c);
      after += pointSeen ? 1 : 0;
      taken = true;
    } else if (c == '.' && pattern.hasPoint && !pointSeen) {
      digits.append('.');
      pointSeen = true;
      taken = true;
    }
    if (sign == 0 && !digits.isEmpty()) {
      trailingSign(taken);
    }
  }

  private void leadingSign(char c) {
    boolean bracket = c == '<' && pattern.flags.contains(NumberKey.BRACKETS);
    if (c == '-' || c == '+' || bracket) {
      sign = c == '+' ? '+' : '-';
      at++;
    }
  }

  private void trailingSign(boolean taken) {
    boolean placed =
        pattern.flags.contains(NumberKey.MINUS)
            || pattern.flags.contains(NumberKey.PLUS)
            || pattern.flags.contains(NumberKey.SIGN_HERE);
    if (taken && pattern.signAfter >= 0 && at + 1 < input.length()) {
      char next = input.charAt(at + 1);
      if (next == '-' || next == '+') {
        sign = next;
        at++;
      }
    } else if (!taken && pattern.signAfter < 0 && !placed) {
      char c = input.charAt(at);
      if (c == '-' || c == '+') {
        sign = c;
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/** A template for numbers, with what its keys say together. */
final class NumberPattern {
  /** A key as it is written, or text where the key is null. */
  record Part(NumberKey key, String text) {
    boolean isUpper() {
      return Character.isUpperCase(text.charAt(0));
    }
  }

  final List<Part> parts = new ArrayList<>();
  final Set<NumberKey> flags = EnumSet.noneOf(NumberKey.class);

  /** Digits before the point, with those that {@code V} adds. */
  int before;

  /** Digits after the point. */
  int after;

  /** Powers of ten that {@code V} multiplies by. */
  int shift;

  /** Where the first {@code 0} before the point is, from 0; -1 for none. */
  int firstZero = -1;

  /** Behind the last {@code 0}, counted over all digits; 0 for none. */
  int lastZeroEnd;

  boolean hasPoint;

  /** Digits before the point when {@code S} comes; -1 without {@code S}. */
  int signAfter = -1;

  private NumberPattern() {}

  static NumberPattern of(String template) {
    NumberPattern pattern = new NumberPattern();
    int at = 0;
    while (at < template.length()) {
      NumberKey key = key(template, at);
      if (key == null) {
        at = pattern.text(template, at);
      } else {
        int end = at + key.text().length();
        pattern.parts.add(new Part(key, template.substring(at, end)));
        pattern.add(key);
        at = end;
      }
    }
    return pattern;
  }

  private static NumberKey key(String template, int at) {
    for (NumberKey key : NumberKey.values()) {
      String name = key.text();
      if (template.startsWith(name, at) || template.startsWith(name.toLowerCase(Locale.ROOT), at)) {
        return key;
      }
    }
    return null;
  }

  private int text(String template, int at) {
    if (template.charAt(at) != '"') {
      int start = template.charAt(at) == '\\' && template.startsWith("\"", at + 1) ? at + 1 : at;
      int end = start + Character.charCount(template.codePointAt(start));
      parts.add(new Part(null, template.substring(start, end)));
      return end;
    }
    StringBuilder text = new StringBuilder();
    int end = at + 1;
    while (end < template.length() && template.charAt(end) != '"') {
      if (template.charAt(end) == '\\' && end + 1 < template.length()) {
        end++;
      }
      text.append(template.charAt(end++));
    }
    if (!text.isEmpty()) {
      parts.add(new Part(null, text.toString()));
    }
    return Math.min(end + 1, template.length());
  }

  private void add(NumberKey key) {
    if (flags.contains(NumberKey.SCIENTIFIC) && key != NumberKey.SCIENTIFIC) {
      throw syntax("\"EEEE\" must be the last pattern used");
    }
    switch (key) {
      case NINE, ZERO -> digit(key);
      case POINT, POINT_OF_LOCALE -> {
        if (hasPoint) {
          throw syntax("multiple decimal points");
        }
        if (flags.contains(NumberKey.SHIFT)) {
          throw syntax("cannot use \"V\" and decimal point together");
        }
        hasPoint = true;
      }
      case SHIFT -> {
        if (hasPoint) {
          throw syntax("cannot use \"V\" and decimal point together");
        }
      }
      case SIGN, PLUS, MINUS, SIGN_HERE, BRACKETS -> sign(key);
      case SCIENTIFIC -> scientific();
      case FILL_MODE, ROMAN, ORDINAL, GROUP_COMMA, BLANK, CURRENCY, GROUP_OF_LOCALE -> {}
    }
    flags.add(key);
  }

  private void digit(NumberKey key) {
    if (flags.contains(NumberKey.BRACKETS)) {
      throw syntax("\"" + key.text() + "\" must be ahead of \"PR\"");
    }
    if (hasPoint) {
      after++;
    } else {
      if (key == NumberKey.ZERO && firstZero < 0) {
        firstZero = before;
      }
      before++;
      shift += flags.contains(NumberKey.SHIFT) ? 1 : 0;
    }
    if (key == NumberKey.ZERO) {
      lastZeroEnd = before + after;
    }
  }

  private void sign(NumberKey key) {
    boolean others =
        flags.contains(NumberKey.PLUS)
            || flags.contains(NumberKey.MINUS)
            || flags.contains(NumberKey.SIGN_HERE)
            || flags.contains(NumberKey.BRACKETS);
    if (key == NumberKey.SIGN) {
      if (signAfter >= 0) {
        throw syntax("cannot use \"S\" twice");
      }
      if (others) {
        throw syntax("cannot use \"S\" and \"PL\"/\"MI\"/\"SG\"/\"PR\" together");
      }
      signAfter = hasPoint ? Integer.MAX_VALUE : before;
    } else if (key == NumberKey.BRACKETS) {
      if (signAfter >= 0 || others) {
        throw syntax("cannot use \"PR\" and \"S\"/\"PL\"/\"MI\"/\"SG\" together");
      }
    } else if (signAfter >= 0) {
      throw syntax("cannot use \"S\" and \"" + key.text() + "\" together");
    }
  }

  private void scientific() {
    if (flags.contains(NumberKey.SCIENTIFIC)) {
      throw syntax("cannot use \"EEEE\" twice");
    }
    for (NumberKey other : flags) {
      if (other != NumberKey.NINE
          && other != NumberKey.ZERO
          && other != NumberKey.POINT
          && other != NumberKey.POINT_OF_LOCALE) {
        throw syntax("\"EEEE\" is incompatible with other formats")
            .withDetail(
                "\"EEEE\" may only be used together with digit and decimal point patterns.");
      }
    }
  }

  private static DistDbException syntax(String message) {
    return new DistDbException(ErrorCode.SYNTAX_ERROR, message);
  }
}

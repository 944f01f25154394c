// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

/**
 * Writes one number into a template's positions. The sign stands before the first digit that is
 * written, unless the template has a place for it.
 */
final class NumberLayout {
  private final NumberPattern pattern;
  private final boolean negative;
  private final String whole;
  private final String fraction;
  private final boolean fill;

  /** Digits after the point that are written under FM. */
  private final int relevant;

  private final StringBuilder out = new StringBuilder();

  /** Whether the sign needs no more writing. */
  private boolean signed;

  private final boolean brackets;
  private final boolean signFirst;
  private final boolean signLast;
  private boolean digitSeen;
  private int position;
  private int fractionPosition;

  /**
   * @param whole digits before the point, at least one unless the template has none
   * @param fraction as many digits as the template, or fewer
   */
  NumberLayout(NumberPattern pattern, boolean negative, String whole, String fraction) {
    this.pattern = pattern;
    this.negative = negative;
    this.whole = whole;
    this.fraction = fraction;
    fill = !pattern.flags.contains(NumberKey.FILL_MODE);
    relevant = fill ? Integer.MAX_VALUE : relevantDigits();
    boolean placed =
        pattern.flags.contains(NumberKey.MINUS) || pattern.flags.contains(NumberKey.SIGN_HERE);
    brackets = pattern.flags.contains(NumberKey.BRACKETS) && (fill || negative);
    signLast = pattern.signAfter >= pattern.before && pattern.signAfter >= 0;
    signFirst = pattern.signAfter >= 0 && !signLast;
    signed =
        placed
            || signLast
            || !negative
                && !fill
                && pattern.signAfter < 0
                && !pattern.flags.contains(NumberKey.PLUS);
  }

  /** Trailing zeros go, except where the template has a 0 at or behind them. */
  private int relevantDigits() {
    int end = fraction.length();
    while (end > 0 && fraction.charAt(end - 1) == '0') {
      end--;
    }
    return Math.max(end, Math.min(fraction.length(), pattern.lastZeroEnd - pattern.before));
  }

  String write() {
    for (NumberPattern.Part part : pattern.parts) {
      if (part.key() == null) {
        out.append(part.text());
        continue;
      }
      switch (part.key()) {
        case NINE, ZERO -> digit();
        case POINT, POINT_OF_LOCALE -> point();
        case GROUP_COMMA, GROUP_OF_LOCALE -> {
          if (digitSeen) {
            out.append(',');
          } else if (fill) {
            out.append(' ');
          }
        }
        case CURRENCY -> out.append(' ');
        case MINUS -> {
          if (negative) {
            out.append('-');
          } else if (fill) {
            out.append(' ');
          }
        }
        case PLUS -> {
          if (!negative) {
            out.append('+');
          } else if (fill) {
            out.append(' ');
          }
        }
        case SIGN_HERE -> out.append(negative ? '-' : '+');
        case ORDINAL -> {
          if (!negative && !pattern.hasPoint && !whole.startsWith("#")) {
            out.append(Calendar.ordinal(whole, part.isUpper()));
          }
        }
        case SIGN, BRACKETS, FILL_MODE, BLANK, SHIFT, ROMAN, SCIENTIFIC -> {}
      }
    }
    return out.toString();
  }

  private void digit() {
    if (position < pattern.before) {
      wholeDigit(position - (pattern.before - whole.length()));
      position++;
      if (position == pattern.before && !pattern.hasPoint) {
        close();
      }
      return;
    }
    if (fractionPosition < fraction.length() && fractionPosition < relevant) {
      sign();
      out.append(fraction.charAt(fractionPosition));
      digitSeen = true;
    }
    fractionPosition++;
    if (fractionPosition == pattern.after) {
      close();
    }
  }

  private void wholeDigit(int index) {
    if (index < 0) {
      if (pattern.firstZero >= 0 && pattern.firstZero <= position) {
        sign();
        out.append('0');
        digitSeen = true;
      } else if (fill) {
        out.append(' ');
      }
      return;
    }
    boolean zeroBeforePoint = whole.equals("0") && pattern.firstZero < 0 && pattern.after > 0;
    if (!zeroBeforePoint) {
      sign();
      out.append(whole.charAt(index));
      digitSeen = true;
    } else if (fill) {
      out.append(' ');
    } else if (relevant == 0) {
      sign();
      out.append('0');
    }
  }

  private void point() {
    if (!fraction.isEmpty() || whole.startsWith("#")) {
      sign();
      out.append('.');
    }
    if (pattern.after == 0) {
      close();
    }
  }

  private void sign() {
    if (signed) {
      return;
    }
    signed = true;
    if (signFirst) {
      out.append(negative ? '-' : '+');
    } else if (brackets) {
      out.append(negative ? '<' : ' ');
    } else if (negative) {
      out.append('-');
    } else if (fill) {
      out.append(' ');
    }
  }

  /** Behind the last digit. */
  private void close() {
    if (brackets) {
      out.append(negative ? '>' : ' ');
    } else if (signLast) {
      out.append(negative ? '-' : '+');
    }
  }
}

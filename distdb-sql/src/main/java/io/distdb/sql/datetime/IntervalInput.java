// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Interval;
import java.math.BigDecimal;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/**
 * Reads intervals (PostgreSQL's documentation, 8.5.4): {@code 1 year 2 mons 3 days 04:05:06},
 * {@code 1-2 3 4:05:06}, {@code @ 1 minute ago}, {@code P1Y2M3DT4H5M6S}.
 */
public final class IntervalInput {
  private final String text;
  private final IntervalFields fields;
  private final IntervalSum sum = new IntervalSum();
  private final Set<IntervalUnit> seen = EnumSet.noneOf(IntervalUnit.class);

  private IntervalInput(String text, IntervalFields fields) {
    this.text = text;
    this.fields = fields;
  }

  /**
   * @param fields what the type keeps; also the unit of a last number without one
   * @throws DistDbException {@code INVALID_DATETIME_FORMAT} or {@code INTERVAL_FIELD_OVERFLOW}
   */
  public static Interval read(String text, IntervalFields fields) {
    IntervalInput input = new IntervalInput(text, fields);
    try {
      String stripped = text.strip();
      Interval interval =
          stripped.startsWith("P") ? IsoInterval.read(stripped, text) : input.read();
      return fields.restrict(interval);
    } catch (ArithmeticException e) {
      throw DateTimeErrors.intervalField(text);
    }
  }

  private Interval read() {
    List<Token> tokens = Tokens.of(text);
    if (tokens == null || tokens.isEmpty()) {
      throw syntax();
    }
    boolean ago = tokens.getLast().text().equals("ago");
    int end = ago ? tokens.size() - 1 : tokens.size();
    int at = 0;
    while (at < end) {
      at = part(tokens, at, end);
    }
    if (end == 0) {
      throw syntax();
    }
    return sum.result(ago);
  }

  /** Reads the part at {@code at}; returns where the next one starts. */
  private int part(List<Token> tokens, int at, int end) {
    Token token = tokens.get(at);
    return switch (token.kind()) {
      case TIME -> {
        clock(token.text());
        yield at + 1;
      }
      case NUMBER, OFFSET, DATE -> {
        if (token.text().indexOf(':') >= 0) {
          clock(token.text());
          yield at + 1;
        }
        if (token.text().indexOf('-', 1) > 0) {
          yearsAndMonths(token.text());
          yield at + 1;
        }
        yield number(tokens, at, end);
      }
      case WORD, SIGNED_WORD -> throw syntax();
    };
  }

  private int number(List<Token> tokens, int at, int end) {
    BigDecimal number = decimal(tokens.get(at).text());
    if (at + 1 == end) {
      add(number, fields.last());
      return end;
    }
    Token next = tokens.get(at + 1);
    if (next.kind() == Token.Kind.WORD) {
      IntervalUnit unit = IntervalUnit.of(next.text());
      if (unit == null) {
        throw syntax();
      }
      add(number, unit);
      return at + 2;
    }
    if (next.text().indexOf(':') < 0) {
      throw syntax();
    }
    add(number, IntervalUnit.DAY);
    return at + 1;
  }

  private BigDecimal decimal(String token) {
    try {
      return new BigDecimal(token.endsWith(".") ? token + "0" : token);
    } catch (NumberFormatException e) {
      throw syntax();
    }
  }

  private void add(BigDecimal number, IntervalUnit unit) {
    if (!seen.add(unit)) {
      throw syntax();
    }
    sum.add(number, unit);
  }

  /** {@code 1-2}: the sign is for both. */
  private void yearsAndMonths(String token) {
    int dash = token.indexOf('-', 1);
    BigDecimal years = decimal(token.substring(0, dash));
    BigDecimal months = decimal(token.substring(dash + 1));
    if (years.scale() > 0 || months.scale() > 0) {
      throw syntax();
    }
    if (months.compareTo(BigDecimal.valueOf(12)) >= 0 || months.signum() < 0) {
      throw DateTimeErrors.intervalField(text);
    }
    add(years, IntervalUnit.YEAR);
    add(token.startsWith("-") ? months.negate() : months, IntervalUnit.MONTH);
  }

  private void clock(String token) {
    boolean negative = token.startsWith("-");
    boolean signed = negative || token.startsWith("+");
    long micros = clockMicros(signed ? token.substring(1) : token, negative ? -1 : 1);
    boolean first = seen.add(IntervalUnit.HOUR);
    first &= seen.add(IntervalUnit.MINUTE);
    if (!first | !seen.add(IntervalUnit.SECOND)) {
      throw syntax();
    }
    sum.addMicros(micros);
  }

  private long clockMicros(String token, int sign) {
    String[] parts = token.split(":", -1);
    boolean minutesFirst =
        parts.length == 2
            && (parts[1].indexOf('.') >= 0 || fields == IntervalFields.MINUTE_TO_SECOND);
    if (parts.length < 2 || parts.length > 3) {
      throw syntax();
    }
    long hours = minutesFirst ? 0 : whole(parts[0]);
    long minutes = whole(parts[minutesFirst ? 0 : 1]);
    long micros =
        minutesFirst || parts.length == 3
            ? ClockText.micros(parts[parts.length - 1], "interval", text)
            : 0;
    if (minutes > 59 || micros > Times.MINUTE) {
      throw DateTimeErrors.intervalField(text);
    }
    return Math.addExact(
        Math.multiplyExact(sign * hours, Times.HOUR), sign * (minutes * Times.MINUTE + micros));
  }

  private long whole(String digits) {
    if (digits.isEmpty() || digits.indexOf('.') >= 0) {
      throw syntax();
    }
    if (digits.length() > 10) {
      throw DateTimeErrors.intervalField(text);
    }
    return Long.parseLong(digits);
  }

  private DistDbException syntax() {
    return DateTimeErrors.syntax("interval", text);
  }
}

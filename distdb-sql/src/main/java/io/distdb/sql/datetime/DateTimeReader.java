// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.List;

/** Gives each token of date and time input its meaning (PostgreSQL, appendix B.1). */
final class DateTimeReader {
  private final String type;
  private final String text;
  private final boolean timeAlone;
  private final DateTimeContext context;
  private final DateFields date;

  private DateTimeParts.Special special;
  private long day = Long.MIN_VALUE;
  private long time = -1;
  private boolean hasMeridiem;
  private ZoneId zone;

  /** What the word before announces: {@code j} or {@code t}; null for nothing. */
  private Word.Meaning announced;

  private DateTimeReader(String type, String text, boolean timeAlone, DateTimeContext context) {
    this.type = type;
    this.text = text;
    this.timeAlone = timeAlone;
    this.context = context;
    date = new DateFields(type, text, context.order());
  }

  /**
   * @param timeAlone whether the date may be missing, and digits are a time first
   */
  static DateTimeParts read(String type, String text, boolean timeAlone, DateTimeContext context) {
    return new DateTimeReader(type, text, timeAlone, context).read();
  }

  private DateTimeParts read() {
    List<Token> tokens = Tokens.of(text);
    if (tokens == null) {
      throw syntax();
    }
    for (int i = 0; i < tokens.size(); i++) {
      token(tokens.get(i), i + 1 < tokens.size() ? tokens.get(i + 1) : null);
    }
    if (announced != null) {
      throw syntax();
    }
    if (special != null) {
      if (date.isStarted() || day != Long.MIN_VALUE || time >= 0) {
        throw syntax();
      }
      return new DateTimeParts(special, 0, 0, zone);
    }
    boolean hasDay = day != Long.MIN_VALUE || date.isComplete();
    if (timeAlone ? time < 0 || date.isStarted() && !hasDay : !hasDay) {
      throw syntax();
    }
    if (day == Long.MIN_VALUE) {
      day = date.isComplete() ? date.epochDay() : 0;
    } else if (date.isStarted()) {
      throw syntax();
    }
    return new DateTimeParts(null, day, Math.max(time, 0), zone);
  }

  private void token(Token token, Token next) {
    switch (token.kind()) {
      case DATE -> dateOrZone(token.text());
      case TIME -> {
        if (announced == Word.Meaning.JULIAN) {
          throw syntax();
        }
        announced = null;
        setTime(ClockText.parse(token.text(), type, text));
      }
      case OFFSET -> offset(token.text());
      case NUMBER -> number(token.text());
      case WORD, SIGNED_WORD -> word(token.text(), next);
    }
  }

  private boolean hasDate() {
    return day != Long.MIN_VALUE || date.isComplete();
  }

  private void dateOrZone(String token) {
    boolean digits = Tokens.isDigit(token.charAt(0));
    if (announced == Word.Meaning.JULIAN) {
      throw syntax();
    }
    boolean glued =
        announced == Word.Meaning.TIME_MARK
            || hasDate() && time < 0
            || timeAlone && token.matches("(\\d{4}|\\d{6}(\\.\\d*)?)-\\d+");
    if (digits && glued) {
      // 040506-08 and 040506.789-08: a time with the offset glued to it
      announced = null;
      int dash = token.indexOf('-');
      if (dash < 0) {
        throw syntax();
      }
      runTogether(token.substring(0, dash));
      offset(token.substring(dash));
    } else if (hasDate() || time >= 0 && !digits && !startsWithMonth(token)) {
      setZone(
          TimeZones.region(token)
              .orElseThrow(() -> digits ? syntax() : DateTimeErrors.zone(token)));
    } else {
      date.parse(token);
    }
  }

  private static boolean startsWithMonth(String token) {
    int end = 0;
    while (end < token.length() && Tokens.isLetter(token.charAt(end))) {
      end++;
    }
    Word word = Word.of(token.substring(0, end));
    return word != null && word.meaning() == Word.Meaning.MONTH;
  }

  private void offset(String token) {
    if (announced != null || time < 0 && !hasDate()) {
      throw syntax();
    }
    ZoneOffset offset =
        TimeZones.offset(token)
            .orElseThrow(
                () -> token.matches("[+-][0-9:]+") ? DateTimeErrors.displacement(text) : syntax());
    setZone(offset);
  }

  private void number(String token) {
    if (announced == Word.Meaning.JULIAN) {
      announced = null;
      julian(token);
      return;
    }
    int point = token.indexOf('.');
    int digits = point < 0 ? token.length() : point;
    boolean afterMark = announced == Word.Meaning.TIME_MARK;
    announced = null;
    if (afterMark || timeAlone && time < 0 && digits >= 4 && !date.isStarted()) {
      runTogether(token);
    } else if (hasDate()) {
      runTogether(token);
    } else if (digits >= 6 && !date.isStarted()) {
      if (point >= 0) {
        throw syntax();
      }
      date.runTogether(token);
    } else if (point >= 0) {
      if (date.isStarted() || !token.matches("\\d+\\.\\d{3}") || digits < 3) {
        throw syntax();
      }
      date.number(token.substring(0, point));
      date.number(token.substring(point + 1));
    } else {
      date.number(token);
    }
  }

  /** {@code hhmmss.fff}, {@code hhmmss}, {@code hhmm}; {@code hh} after a {@code t}. */
  private void runTogether(String token) {
    setTime(ClockText.parseRunTogether(token, type, text));
  }

  private void julian(String token) {
    int point = token.indexOf('.');
    String whole = point < 0 ? token : token.substring(0, point);
    if (whole.isEmpty() || whole.length() > 10) {
      throw DateTimeErrors.field(text);
    }
    setDay(Long.parseLong(whole) - Dates.JULIAN_OF_EPOCH);
    if (point >= 0 && point + 1 < token.length()) {
      setTime((long) (Double.parseDouble("0" + token.substring(point)) * Times.DAY));
    }
  }

  private void word(String token, Token next) {
    if (announced != null) {
      throw syntax();
    }
    Word word = Word.of(token);
    if (word == null) {
      setZone(zoneNamed(token));
      return;
    }
    switch (word.meaning()) {
      case MONTH -> date.month(word.number());
      case DAY_OF_WEEK, NOISE, AD -> {}
      case BC -> date.beforeChrist();
      case AM, PM -> meridiem(word.meaning());
      case NOW -> special(DateTimeParts.Special.NOW);
      case EPOCH -> special(DateTimeParts.Special.EPOCH);
      case INFINITY -> special(DateTimeParts.Special.INFINITY);
      case MINUS_INFINITY -> special(DateTimeParts.Special.MINUS_INFINITY);
      case TODAY -> setDay(context.today());
      case TOMORROW -> setDay(context.today() + 1);
      case YESTERDAY -> setDay(context.today() - 1);
      case MIDNIGHT -> {
        setTime(0);
        setZone(ZoneOffset.UTC);
      }
      case JULIAN, TIME_MARK -> {
        if (next == null) {
          throw syntax();
        }
        announced = word.meaning();
      }
    }
  }

  private ZoneId zoneNamed(String token) {
    return TimeZones.abbreviation(token)
        .map(ZoneId.class::cast)
        .or(() -> TimeZones.region(token))
        .orElseThrow(this::syntax);
  }

  private void meridiem(Word.Meaning half) {
    if (time < 0 || hasMeridiem) {
      throw syntax();
    }
    hasMeridiem = true;
    long hour = time / Times.HOUR;
    if (hour > 12) {
      throw DateTimeErrors.field(text);
    }
    if (half == Word.Meaning.PM && hour != 12) {
      time += 12 * Times.HOUR;
    } else if (half == Word.Meaning.AM && hour == 12) {
      time -= 12 * Times.HOUR;
    }
  }

  private void special(DateTimeParts.Special word) {
    if (special != null) {
      throw syntax();
    }
    special = word;
  }

  private void setDay(long newDay) {
    if (day != Long.MIN_VALUE) {
      throw syntax();
    }
    day = newDay;
  }

  private void setTime(long newTime) {
    if (time >= 0) {
      throw syntax();
    }
    time = newTime;
  }

  private void setZone(ZoneId newZone) {
    if (zone != null) {
      throw syntax();
    }
    zone = newZone;
  }

  private DistDbException syntax() {
    return DateTimeErrors.syntax(type, text);
  }
}

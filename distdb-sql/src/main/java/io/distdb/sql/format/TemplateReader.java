// SPDX-License-Identifier: MIT
package io.distdb.sql.format;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.format.TemplateFields.Field;
import java.util.List;
import java.util.Locale;

/** Reads input by a template for {@code to_date} and {@code to_timestamp}. */
final class TemplateReader {
  private final DateTimePattern pattern;
  private final String input;
  private final TemplateFields fields = new TemplateFields();
  private int at;

  /** Characters that were passed over beyond those of the template. */
  private int surplus;

  private TemplateReader(DateTimePattern pattern, String input) {
    this.pattern = pattern;
    this.input = input;
  }

  static TemplateFields read(DateTimePattern pattern, String input) {
    TemplateReader reader = new TemplateReader(pattern, input);
    reader.read();
    return reader.fields;
  }

  private void read() {
    List<DateTimePattern.Part> parts = pattern.parts();
    for (int i = 0; i < parts.size() && at < input.length(); i++) {
      DateTimePattern.Part part = parts.get(i);
      if (!pattern.exact() && (part.key() != null || i == 0)) {
        while (at < input.length() && isSpace(input.charAt(at))) {
          at++;
          surplus++;
        }
      }
      if (part.key() == null) {
        part.text().codePoints().forEach(c -> text(c, part.quoted()));
      } else {
        field(part, endsAtSeparator(parts, i));
        surplus = 0;
        while (!pattern.exact() && at < input.length() && isSpace(input.charAt(at))) {
          at++;
          surplus++;
        }
      }
    }
    if (fields.isIso() && fields.isGregorian()) {
      throw new DistDbException(
              ErrorCode.INVALID_DATETIME_FORMAT, "invalid combination of date conventions")
          .withHint("Do not mix Gregorian and ISO week date conventions in a formatting template.");
    }
  }

  private void text(int character, boolean quoted) {
    if (at >= input.length()) {
      return;
    }
    boolean separator = !quoted && character < 128 && !Character.isLetterOrDigit(character);
    if (pattern.exact()) {
      at += Character.charCount(input.codePointAt(at));
    } else if (separator) {
      surplus--;
      char c = input.charAt(at);
      if (isSpace(c) || c < 127 && c > ' ' && !Character.isLetterOrDigit(c)) {
        at++;
        surplus++;
      }
    } else if (surplus > 0) {
      surplus--;
    } else {
      at += Character.charCount(input.codePointAt(at));
    }
  }

  /** Whether a number may have any length: what follows is no number. */
  private static boolean endsAtSeparator(List<DateTimePattern.Part> parts, int i) {
    if (!parts.get(i).fill() || !parts.get(i).ordinal().isEmpty() || i + 1 == parts.size()) {
      return true;
    }
    DateTimePattern.Part next = parts.get(i + 1);
    return next.key() == null ? !Character.isDigit(next.text().charAt(0)) : !next.key().isNumber();
  }

  private void field(DateTimePattern.Part part, boolean free) {
    String name = part.text();
    switch (part.key()) {
      case AM, PM -> choice(Field.AFTERNOON, List.of("am", "pm"), name);
      case AM_DOTTED, PM_DOTTED -> choice(Field.AFTERNOON, List.of("a.m.", "p.m."), name);
      case AD, BC -> choice(Field.BEFORE_CHRIST, List.of("ad", "bc"), name);
      case AD_DOTTED, BC_DOTTED -> choice(Field.BEFORE_CHRIST, List.of("a.d.", "b.c."), name);
      case HH, HH12 -> {
        number(Field.HOUR, 2, part, free);
        fields.twelveHours = true;
      }
      case HH24 -> number(Field.HOUR, 2, part, free);
      case MI -> number(Field.MINUTE, 2, part, free);
      case SS -> number(Field.SECOND, 2, part, free);
      case SSSS, SSSSS -> number(Field.SECOND_OF_DAY, 5, part, free);
      case MS -> fraction(Field.MILLISECOND, 3, 3, part, free);
      case US -> fraction(Field.MICROSECOND, 6, 6, part, free);
      case FF1, FF2, FF3, FF4, FF5, FF6 -> {
        fields.fractionDigits = name.charAt(2) - '0';
        fraction(Field.MICROSECOND, fields.fractionDigits, 6, part, free);
      }
      case MONTH -> name(Field.MONTH, Calendar.MONTHS, false, 1, name);
      case MON -> name(Field.MONTH, Calendar.MONTHS, true, 1, name);
      case DAY -> name(null, Calendar.DAYS, false, 1, name);
      case DY -> name(null, Calendar.DAYS, true, 1, name);
      case RM -> roman(name);
      case TZ, OF ->
          throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "formatting field \"" + name + "\" is only supported in to_char");
      case TZH -> zoneHour(part, free);
      case TZM -> number(Field.ZONE_MINUTE, 2, part, free);
      case DateTimeKey date -> date(date, part, free);
    }
  }

  private void date(DateTimeKey key, DateTimePattern.Part part, boolean free) {
    switch (key) {
      case MM -> number(Field.MONTH, 2, part, free);
      case DD -> number(Field.DAY, 2, part, free);
      case DDD -> number(Field.DAY_OF_YEAR, 3, part, free);
      case IDDD -> number(Field.ISO_DAY_OF_YEAR, 3, part, free);
      case D -> number(Field.DAY_OF_WEEK, 1, part, free);
      case ID -> number(Field.ISO_DAY_OF_WEEK, 1, part, free);
      case WW -> number(Field.WEEK, 2, part, free);
      case IW -> number(Field.ISO_WEEK, 2, part, free);
      case W -> number(Field.WEEK_OF_MONTH, 1, part, free);
      case J -> number(Field.JULIAN, 9, part, true);
      case Q -> integer(1, part, free);
      case CC -> number(Field.CENTURY, 2, part, free);
      case YYYY -> year(Field.YEAR, 4, part, free);
      case YYY -> year(Field.YEAR, 3, part, free);
      case YY -> year(Field.YEAR, 2, part, free);
      case Y -> year(Field.YEAR, 1, part, free);
      case Y_YYY -> yearWithComma(part);
      case IYYY -> year(Field.ISO_YEAR, 4, part, free);
      case IYY -> year(Field.ISO_YEAR, 3, part, free);
      case IY -> year(Field.ISO_YEAR, 2, part, free);
      case DateTimeKey last -> year(Field.ISO_YEAR, 1, part, free);
    }
  }

  private void number(Field field, int width, DateTimePattern.Part part, boolean free) {
    fields.set(field, integer(width, part, free), part.text());
  }

  /** Digits behind the point: 12 is 120 thousandths. */
  private void fraction(
      Field field, int width, int scale, DateTimePattern.Part part, boolean free) {
    int start = at;
    int value = integer(width, part, free);
    int digits = Math.min(at - start - part.ordinal().length(), scale);
    for (int i = digits; i < scale; i++) {
      value *= 10;
    }
    fields.set(field, value, part.text());
  }

  private void year(Field field, int width, DateTimePattern.Part part, boolean free) {
    int start = at;
    int year = integer(width, part, free);
    int digits = at - start - part.ordinal().length();
    if (digits < 4 && width < 4) {
      year +=
          year < 70 ? 2_000 : year < 100 ? 1_900 : year < 520 ? 2_000 : year < 1_000 ? 1_000 : 0;
    }
    fields.yearDigits = width;
    fields.set(field, year, part.text());
  }

  private void yearWithComma(DateTimePattern.Part part) {
    int end = at;
    while (end < input.length()
        && (Character.isDigit(input.charAt(end)) || input.charAt(end) == ',')) {
      end++;
    }
    String text = input.substring(at, end);
    if (!text.matches("\\d{1,6},\\d{3}")) {
      throw new DistDbException(
          ErrorCode.INVALID_DATETIME_FORMAT, "invalid input string for \"Y,YYY\"");
    }
    at = Math.min(input.length(), end + part.ordinal().length());
    fields.yearDigits = 4;
    fields.set(Field.YEAR, Integer.parseInt(text.replace(",", "")), part.text());
  }

  private void zoneHour(DateTimePattern.Part part, boolean free) {
    if (at < input.length() && "+-".indexOf(input.charAt(at)) >= 0) {
      fields.zoneSign = input.charAt(at++) == '-' ? -1 : 1;
    } else if (surplus > 0 && at > 0 && input.charAt(at - 1) == '-') {
      // the minus was passed over as a separator
      fields.zoneSign = -1;
    }
    number(Field.ZONE_HOUR, 2, part, free);
  }

  private int integer(int width, DateTimePattern.Part part, boolean free) {
    while (at < input.length() && isSpace(input.charAt(at))) {
      at++;
    }
    int limit = free ? input.length() : Math.min(input.length(), at + width);
    int end = at;
    if (end < limit && "+-".indexOf(input.charAt(end)) >= 0) {
      end++;
    }
    int firstDigit = end;
    while (end < limit && input.charAt(end) >= '0' && input.charAt(end) <= '9') {
      end++;
    }
    if (!free && input.length() - at < width) {
      throw tooShort(width, input.length() - at, part.text());
    }
    String shown = input.substring(at, Math.min(input.length(), at + width));
    if (end == firstDigit) {
      throw invalid(shown, part.text()).withDetail("Value must be an integer.");
    }
    if (!free && end - at < width) {
      throw invalid(shown, part.text())
          .withDetail(
              "Field requires %d characters, but only %d could be parsed."
                  .formatted(width, end - at))
          .withHint("If your source string is not fixed-width, try using the \"FM\" modifier.");
    }
    if (end - firstDigit > 9) {
      throw new DistDbException(
              ErrorCode.DATETIME_FIELD_OVERFLOW,
              "value for \"" + part.text() + "\" in source string is out of range")
          .withDetail("Value must be in the range -2147483648 to 2147483647.");
    }
    int value = Integer.parseInt(input.substring(at, end));
    at = Math.min(input.length(), end + part.ordinal().length());
    return value;
  }

  private static DistDbException tooShort(int width, int left, String key) {
    return new DistDbException(
            ErrorCode.INVALID_DATETIME_FORMAT,
            "source string too short for \"" + key + "\" formatting field")
        .withDetail("Field requires %d characters, but only %d remain.".formatted(width, left))
        .withHint("If your source string is not fixed-width, try using the \"FM\" modifier.");
  }

  private static DistDbException invalid(String value, String key) {
    return new DistDbException(
        ErrorCode.INVALID_DATETIME_FORMAT, "invalid value \"" + value + "\" for \"" + key + "\"");
  }

  private void choice(Field field, List<String> names, String key) {
    for (int i = 0; i < names.size(); i++) {
      if (input.regionMatches(true, at, names.get(i), 0, names.get(i).length())) {
        at += names.get(i).length();
        fields.set(field, i, key);
        return;
      }
    }
    throw unknownName(key);
  }

  /** The names in order, whole or their first three letters; null for a field not to keep. */
  private void name(Field field, List<String> names, boolean shortened, int first, String key) {
    for (int i = 0; i < names.size(); i++) {
      String name = shortened ? names.get(i).substring(0, 3) : names.get(i);
      if (input.regionMatches(true, at, name, 0, name.length())) {
        at += name.length();
        if (field != null) {
          fields.set(field, i + first, key);
        }
        return;
      }
    }
    throw unknownName(key);
  }

  private void roman(String key) {
    String rest = input.substring(at, Math.min(input.length(), at + 4)).toUpperCase(Locale.ROOT);
    int longest = -1;
    for (int i = 0; i < 12; i++) {
      String name = Calendar.ROMAN_MONTHS.get(i);
      if (rest.startsWith(name)
          && (longest < 0 || name.length() > Calendar.ROMAN_MONTHS.get(longest).length())) {
        longest = i;
      }
    }
    if (longest < 0) {
      throw unknownName(key);
    }
    at += Calendar.ROMAN_MONTHS.get(longest).length();
    fields.set(Field.MONTH, longest + 1, key);
  }

  private DistDbException unknownName(String key) {
    int end = at;
    while (end < input.length() && !isSpace(input.charAt(end))) {
      end++;
    }
    return invalid(input.substring(at, end), key)
        .withDetail("The given value did not match any of the allowed values for this field.");
  }

  private static boolean isSpace(char c) {
    return c == ' ' || c >= '\t' && c <= '\r';
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import java.time.LocalDate;

/** Year, month and day as they turn up in the input, in whatever order (appendix B.1, 3 to 5). */
final class DateFields {
  private final String type;
  private final String text;
  private final DateOrder order;
  private long year;
  private int month;
  private int day;
  private int dayOfYear;
  private boolean hasYear;
  private boolean hasMonth;
  private boolean hasDay;
  private boolean monthIsWord;
  private boolean yearOfTwoDigits;
  private boolean beforeChrist;

  DateFields(String type, String text, DateOrder order) {
    this.type = type;
    this.text = text;
    this.order = order;
  }

  boolean isStarted() {
    return hasYear || hasMonth || hasDay;
  }

  boolean isComplete() {
    return hasYear && hasMonth && hasDay;
  }

  boolean isYearAlone() {
    return hasYear && !hasMonth && !hasDay;
  }

  void beforeChrist() {
    beforeChrist = true;
  }

  /** A month by name. A number that was taken for a month before was the day. */
  void month(int number) {
    if (hasMonth && !monthIsWord && !hasDay) {
      day = month;
      hasDay = true;
    } else if (hasMonth) {
      throw syntax();
    }
    month = number;
    hasMonth = true;
    monthIsWord = true;
  }

  /** Numbers and a month's name with separators between them. */
  void parse(String token) {
    String[] parts = token.split("[^0-9a-z]+");
    if (parts.length > 3 || isStarted()) {
      throw syntax();
    }
    for (String part : parts) {
      if (!part.isEmpty() && Tokens.isLetter(part.charAt(0))) {
        Word word = Word.of(part);
        if (word == null || word.meaning() != Word.Meaning.MONTH || monthIsWord) {
          throw syntax();
        }
        month = word.number();
        hasMonth = true;
        monthIsWord = true;
      }
    }
    for (String part : parts) {
      if (part.isEmpty()) {
        throw syntax();
      }
      if (!Tokens.isLetter(part.charAt(0))) {
        if (isComplete()) {
          throw syntax();
        }
        number(part);
      }
    }
    if (!isComplete()) {
      throw syntax();
    }
  }

  /** {@code yyyymmdd}, {@code yymmdd}; longer years too. */
  void runTogether(String digits) {
    int end = digits.length();
    setYear(digits.substring(0, end - 4));
    month = Integer.parseInt(digits.substring(end - 4, end - 2));
    day = Integer.parseInt(digits.substring(end - 2));
    hasMonth = true;
    hasDay = true;
  }

  /** One number: which field it is depends on its length and on what was there before. */
  void number(String digits) {
    for (int i = 0; i < digits.length(); i++) {
      if (!Tokens.isDigit(digits.charAt(i))) {
        throw syntax();
      }
    }
    int length = digits.length();
    if (length > 9) {
      throw DateTimeErrors.field(text);
    }
    int value = Integer.parseInt(digits);
    if (length == 3 && isYearAlone() && value >= 1 && value <= 366) {
      dayOfYear = value;
      hasMonth = true;
      hasDay = true;
    } else if (!hasYear && length >= 3) {
      setYear(digits);
    } else if (!hasYear && !hasDay && (!hasMonth || monthIsWord) && order == DateOrder.YMD) {
      setYear(digits);
    } else if (!hasYear && !hasMonth && !hasDay && order == DateOrder.DMY) {
      day = value;
      hasDay = true;
    } else if (!hasMonth && !hasDay) {
      month = value;
      hasMonth = true;
    } else if (monthIsWord && !hasDay && yearOfTwoDigits && length >= 3) {
      // 01-feb-2003: the first number was the day after all
      day = (int) year;
      hasDay = true;
      hasYear = false;
      setYear(digits);
    } else if (!hasDay) {
      day = value;
      hasDay = true;
    } else if (!hasMonth) {
      month = value;
      hasMonth = true;
    } else if (!hasYear) {
      setYear(digits);
    } else {
      throw syntax();
    }
  }

  private void setYear(String digits) {
    if (hasYear) {
      throw syntax();
    }
    if (digits.length() > 9) {
      throw DateTimeErrors.field(text);
    }
    year = Integer.parseInt(digits);
    hasYear = true;
    yearOfTwoDigits = digits.length() <= 2;
  }

  /** Days since 1970-01-01; throws for a day that does not exist. */
  long epochDay() {
    long proleptic = year;
    if (beforeChrist) {
      proleptic = 1 - year;
    } else if (yearOfTwoDigits) {
      proleptic += year < 70 ? 2_000 : 1_900;
    }
    if (beforeChrist ? year == 0 : proleptic == 0) {
      throw DateTimeErrors.field(text);
    }
    if (dayOfYear > 0) {
      LocalDate first = LocalDate.of((int) proleptic, 1, 1);
      return first.toEpochDay() + dayOfYear - 1;
    }
    if (month < 1 || month > 12 || day < 1 || day > 31) {
      throw DateTimeErrors.monthOrDay(text);
    }
    if (!Dates.isDay((int) proleptic, month, day)) {
      throw DateTimeErrors.field(text);
    }
    return LocalDate.of((int) proleptic, month, day).toEpochDay();
  }

  private DistDbException syntax() {
    return DateTimeErrors.syntax(type, text);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneId;
import java.util.List;
import java.util.function.Supplier;

/** Files of what PostgreSQL answered. */
final class Answers {
  static final ZoneId ZONE = ZoneId.of("America/New_York");

  /** 2024-02-29 03:30:00 UTC, still the 28th in New York. */
  static final DateTimeContext CONTEXT = new DateTimeContext(1_709_177_400_000_000L, ZONE);

  private Answers() {}

  static List<String> of(String file) throws IOException {
    try (var stream = Answers.class.getResourceAsStream(file)) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  /** The answer as the files write it: NULL, or ERROR with its state. */
  static String answer(Supplier<String> answer) {
    try {
      String text = answer.get();
      return text == null ? "NULL" : text;
    } catch (DistDbException e) {
      return "ERROR " + e.sqlState() + " " + e.getMessage();
    }
  }

  static int date(String text) {
    return DateTimeInput.date(text, CONTEXT);
  }

  static long time(String text) {
    return DateTimeInput.time(text, CONTEXT);
  }

  static long timestamp(String text) {
    return DateTimeInput.timestamp(text, CONTEXT);
  }

  static long timestamptz(String text) {
    return DateTimeInput.timestamptz(text, CONTEXT);
  }

  static String timestamptzText(long utc) {
    return DateTimeText.timestamptz(utc, ZONE);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.datetime;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.TextStyle;
import java.util.HashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TimeZone;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Time zones by name in any case: IANA names, PostgreSQL's default abbreviations, offsets and POSIX
 * names such as {@code UTC+3} and {@code +3:30}, which lie west of Greenwich.
 */
public final class TimeZones {
  private static final Map<String, String> REGIONS = new HashMap<>();
  private static final Map<String, ZoneOffset> ABBREVIATIONS = abbreviations();

  /** Hours east of Greenwich, as SET TIME ZONE takes them. */
  private static final Pattern HOURS = Pattern.compile("[+-]?\\d{1,2}(?:\\.\\d{1,6})?");

  /** Name, sign, hours, minutes and seconds; no daylight saving rule. */
  private static final Pattern POSIX =
      Pattern.compile("(?:[a-z]{3,}|<[a-z0-9:+-]+>)?([+-]?)(\\d{1,2})(?::(\\d{2}))?(?::(\\d{2}))?");

  /** PostgreSQL's limit for offsets, exclusive, in seconds: 15:59:59 is the last. */
  private static final int DISPLACEMENT_MAX = 16 * 3_600;

  static {
    for (String id : ZoneId.getAvailableZoneIds()) {
      REGIONS.put(id.toLowerCase(Locale.ROOT), id);
    }
  }

  private TimeZones() {}

  private static Map<String, ZoneOffset> abbreviations() {
    Map<String, ZoneOffset> all = new HashMap<>();
    try (InputStream stream = TimeZones.class.getResourceAsStream("abbreviations.txt");
        BufferedReader lines =
            new BufferedReader(new InputStreamReader(stream, StandardCharsets.US_ASCII))) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (!line.startsWith("#")) {
          String[] words = line.split(" ");
          all.put(
              words[0].toLowerCase(Locale.ROOT),
              ZoneOffset.ofTotalSeconds(Integer.parseInt(words[1])));
        }
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return all;
  }

  /**
   * The zone that AT TIME ZONE names.
   *
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}: no zone of that name
   */
  public static ZoneId of(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    Optional<ZoneId> zone = abbreviation(lower).map(ZoneId.class::cast);
    return zone.or(() -> region(lower))
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.INVALID_PARAMETER_VALUE, "time zone \"" + name + "\" not recognized"));
  }

  /**
   * The zone that SET TIME ZONE names; a bare number is hours east of Greenwich.
   *
   * @return empty when there is none of that name
   */
  public static Optional<ZoneId> ofSetting(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    if (!HOURS.matcher(lower).matches()) {
      return region(lower);
    }
    double seconds = Double.parseDouble(lower) * 3_600;
    return Math.abs(seconds) < DISPLACEMENT_MAX
        ? Optional.of(ZoneOffset.ofTotalSeconds((int) seconds))
        : Optional.empty();
  }

  /** As SHOW prints what {@link #ofSetting} accepts. */
  public static String settingText(String name) {
    String lower = name.strip().toLowerCase(Locale.ROOT);
    if (!HOURS.matcher(lower).matches()) {
      return REGIONS.getOrDefault(lower, name);
    }
    int seconds = (int) (Double.parseDouble(lower) * 3_600);
    String size = hours(Math.abs(seconds));
    return seconds < 0 ? "<-" + size + ">+" + size : "<+" + size + ">-" + size;
  }

  private static String hours(int seconds) {
    int minutes = seconds / 60;
    String whole = String.format(Locale.ROOT, "%02d", minutes / 60);
    return minutes % 60 == 0 ? whole : whole + String.format(Locale.ROOT, ":%02d", minutes % 60);
  }

  /** The zone {@code seconds} east of Greenwich. */
  public static ZoneOffset ofSeconds(long seconds) {
    if (Math.abs(seconds) > 18 * 3_600) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "time zone displacement out of range");
    }
    return ZoneOffset.ofTotalSeconds((int) seconds);
  }

  /** An abbreviation in lower case, such as {@code pst}. */
  static Optional<ZoneOffset> abbreviation(String lower) {
    return Optional.ofNullable(ABBREVIATIONS.get(lower));
  }

  /** A zone of the IANA database, or a POSIX name without a rule; in lower case. */
  static Optional<ZoneId> region(String lower) {
    String id = REGIONS.get(lower);
    if (id != null) {
      ZoneId zone = ZoneId.of(id);
      return Optional.of(id.equals("UTC") || id.equals("GMT") ? ZoneOffset.UTC : zone);
    }
    Matcher posix = POSIX.matcher(lower);
    if (posix.matches()) {
      int seconds =
          number(posix.group(2)) * 3_600 + number(posix.group(3)) * 60 + number(posix.group(4));
      boolean east = posix.group(1).equals("-");
      return seconds < DISPLACEMENT_MAX
          ? Optional.of(ZoneOffset.ofTotalSeconds(east ? seconds : -seconds))
          : Optional.empty();
    }
    return Optional.empty();
  }

  private static int number(String digits) {
    return digits == null ? 0 : Integer.parseInt(digits);
  }

  /**
   * {@code +h}, {@code -hh}, {@code +hhmm}, {@code +hhmmss}, {@code +hh:mm}, {@code +hh:mm:ss}:
   * east of Greenwich.
   *
   * @return empty when the text is none of them, or beyond 15:59:59
   */
  static Optional<ZoneOffset> offset(String text) {
    if (text.length() < 2 || text.charAt(0) != '+' && text.charAt(0) != '-') {
      return Optional.empty();
    }
    String digits = text.substring(1);
    int[] parts = digits.indexOf(':') > 0 ? separated(digits) : concatenated(digits);
    if (parts == null || parts[0] > 15 || parts[1] > 59 || parts[2] > 59) {
      return Optional.empty();
    }
    int seconds = parts[0] * 3_600 + parts[1] * 60 + parts[2];
    return Optional.of(ZoneOffset.ofTotalSeconds(text.charAt(0) == '-' ? -seconds : seconds));
  }

  private static int[] separated(String digits) {
    if (!digits.matches("\\d{1,2}:\\d{1,2}(:\\d{1,2})?")) {
      return null;
    }
    String[] words = digits.split(":");
    return new int[] {number(words[0]), number(words[1]), words.length > 2 ? number(words[2]) : 0};
  }

  private static int[] concatenated(String digits) {
    if (!digits.matches("\\d{1,6}")) {
      return null;
    }
    int number = Integer.parseInt(digits);
    return switch (digits.length()) {
      case 1, 2 -> new int[] {number, 0, 0};
      case 3, 4 -> new int[] {number / 100, number % 100, 0};
      default -> new int[] {number / 10_000, number / 100 % 100, number % 100};
    };
  }

  /** What {@code zone} is called at that moment: {@code CET}, {@code CEST}. */
  public static String abbreviation(long utc, ZoneId zone) {
    if (zone.equals(ZoneOffset.UTC)) {
      return "UTC";
    }
    Instant instant = Instant.ofEpochSecond(utc / Times.SECOND);
    boolean summer = zone.getRules().isDaylightSavings(instant);
    return zone instanceof ZoneOffset
        ? zone.getDisplayName(TextStyle.SHORT, Locale.ROOT)
        : TimeZone.getTimeZone(zone).getDisplayName(summer, TimeZone.SHORT, Locale.US);
  }
}

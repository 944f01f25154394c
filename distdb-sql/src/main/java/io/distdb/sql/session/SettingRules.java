// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.ast.UtilityStatement;
import io.distdb.sql.datetime.TimeZones;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * What settings may be (PostgreSQL's documentation, chapter 20). Those that tools set and that mean
 * nothing here are taken with the values that change nothing, and refused with others.
 */
final class SettingRules {
  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(us|ms|s|min|h|d)?");

  private static final Pattern CUSTOM =
      Pattern.compile("[\\p{L}_][\\p{L}\\d_$]*(\\.[\\p{L}_][\\p{L}\\d_$]*)+");

  /** Nobody can set these. */
  private static final Map<String, String> FIXED =
      Map.of(
          "in_hot_standby", "off",
          "integer_datetimes", "on",
          "is_superuser", "on",
          "max_identifier_length", "63",
          "server_encoding", "UTF8",
          "server_version", "15.0",
          "server_version_num", "150000");

  /** The values that change nothing, the default first. */
  private static final Map<String, List<String>> HARMLESS =
      Map.of(
          "bytea_output", List.of("hex"),
          "check_function_bodies", List.of("on", "off"),
          "default_table_access_method", List.of("heap"),
          "default_tablespace", List.of(""),
          "idle_in_transaction_session_timeout", List.of("0"),
          "intervalstyle", List.of("postgres"),
          "row_security", List.of("on", "off"),
          "standard_conforming_strings", List.of("on"),
          "synchronous_commit", List.of("on"),
          "xmloption", List.of("content"));

  private static final List<String> MESSAGE_LEVELS =
      List.of(
          "debug5", "debug4", "debug3", "debug2", "debug1", "debug", "log", "info", "notice",
          "warning", "error");

  private SettingRules() {}

  /** What does not depend on the database's options. */
  static Map<String, String> defaults() {
    Map<String, String> initial = new TreeMap<>(FIXED);
    HARMLESS.forEach((name, values) -> initial.put(name, values.getFirst()));
    initial.put("application_name", "");
    initial.put("client_encoding", "UTF8");
    initial.put("client_min_messages", "notice");
    initial.put("datestyle", "ISO, MDY");
    initial.put("extra_float_digits", "1");
    initial.put(UtilityStatement.ROLE, SessionIdentity.NO_ROLE);
    return initial;
  }

  /**
   * The name of a setting that its user invents, such as {@code app.user}.
   *
   * @throws DistDbException {@code INVALID_NAME}
   */
  static boolean isCustom(String name) {
    if (name.indexOf('.') < 0) {
      return false;
    }
    if (!CUSTOM.matcher(name).matches()) {
      throw new DistDbException(
              ErrorCode.INVALID_NAME, "invalid configuration parameter name \"" + name + "\"")
          .withDetail(
              "Custom parameter names must be two or more simple identifiers separated by dots.");
    }
    return true;
  }

  /**
   * The value as SHOW prints it.
   *
   * @param name in lower case
   * @throws DistDbException {@code INVALID_PARAMETER_VALUE}; {@code FEATURE_NOT_SUPPORTED}: a value
   *     that PostgreSQL knows; {@code CANNOT_CHANGE_SETTING}
   */
  static String normalized(String name, String value) {
    if (FIXED.containsKey(name)) {
      throw new DistDbException(
          ErrorCode.CANNOT_CHANGE_SETTING, "parameter \"" + name + "\" cannot be changed");
    }
    List<String> harmless = HARMLESS.get(name);
    if (harmless != null) {
      return harmless(name, value, harmless);
    }
    return switch (name) {
      case SessionSettings.DEFAULT_ISOLATION -> text(isolation(value));
      case SessionSettings.DEFAULT_READ_ONLY -> onOrOff(name, value);
      case SessionSettings.STATEMENT_TIMEOUT, SessionSettings.LOCK_TIMEOUT ->
          milliseconds(nanos(name, value) / 1_000_000);
      case SessionSettings.QUERY_MEMORY -> MemorySize.text(MemorySize.bytes(name, value));
      case SessionSettings.TIME_ZONE -> zone(value);
      case "client_encoding" -> encoding(value);
      case "client_min_messages" -> messageLevel(value);
      case "datestyle" -> dateStyle(value);
      case "extra_float_digits" -> floatDigits(value);
      default -> value;
    };
  }

  private static String harmless(String name, String value, List<String> values) {
    boolean switches = values.getFirst().equals("on");
    String wanted = switches ? onOrOff(name, value) : value.toLowerCase(Locale.ROOT);
    if (!values.contains(wanted)) {
      throw unsupported(name, value);
    }
    return wanted;
  }

  private static String zone(String value) {
    if (TimeZones.ofSetting(value).isEmpty()) {
      throw invalid("TimeZone", value);
    }
    return TimeZones.settingText(value);
  }

  private static String encoding(String value) {
    String plain = value.toLowerCase(Locale.ROOT).replace("-", "").replace("_", "");
    if (!plain.equals("utf8") && !plain.equals("unicode")) {
      throw unsupported("client_encoding", value);
    }
    return "UTF8";
  }

  private static String messageLevel(String value) {
    String level = value.toLowerCase(Locale.ROOT);
    if (!MESSAGE_LEVELS.contains(level)) {
      throw invalid("client_min_messages", value)
          .withHint(
              "Available values: debug5, debug4, debug3, debug2, debug1, log, notice, warning,"
                  + " error.");
    }
    return level.equals("debug") ? "debug2" : level;
  }

  private static String dateStyle(String value) {
    for (String word : value.toLowerCase(Locale.ROOT).split(",")) {
      switch (word.strip()) {
        case "iso", "mdy", "us", "noneuro", "noneuropean", "default" -> {
          // as it is
        }
        case "sql", "postgres", "german", "dmy", "euro", "european", "ymd" ->
            throw unsupported("DateStyle", value);
        default -> throw invalid("DateStyle", value);
      }
    }
    return "ISO, MDY";
  }

  /** From 1 on a number's text is the shortest that reads as the same number. */
  private static String floatDigits(String value) {
    if (!value.matches("[+-]?\\d{1,9}")) {
      throw invalid("extra_float_digits", value);
    }
    int digits = Integer.parseInt(value);
    if (digits < -15 || digits > 3) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE,
          digits + " is outside the valid range for parameter \"extra_float_digits\" (-15 .. 3)");
    }
    if (digits < 1) {
      throw unsupported("extra_float_digits", value);
    }
    return Integer.toString(digits);
  }

  private static DistDbException unsupported(String name, String value) {
    return new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED,
        "value \"" + value + "\" of parameter \"" + name + "\" is not supported");
  }

  static String onOrOff(String name, String value) {
    return switch (value.toLowerCase(Locale.ROOT)) {
      case "on", "true", "yes", "1" -> "on";
      case "off", "false", "no", "0" -> "off";
      default ->
          throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "parameter \"" + name + "\" requires a Boolean value");
    };
  }

  static IsolationLevel isolation(String name) {
    return switch (name.toLowerCase(Locale.ROOT)) {
      case "read committed", "read uncommitted" -> IsolationLevel.READ_COMMITTED;
      case "repeatable read" -> IsolationLevel.REPEATABLE_READ;
      case "serializable" -> IsolationLevel.SERIALIZABLE;
      default ->
          throw invalid(SessionSettings.DEFAULT_ISOLATION, name)
              .withHint(
                  "Available values: serializable, repeatable read, read committed, read"
                      + " uncommitted.");
    };
  }

  static String text(IsolationLevel level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  static String milliseconds(long millis) {
    return millis == 0 ? "0" : millis + "ms";
  }

  static long nanos(String name, String value) {
    Matcher matcher = DURATION.matcher(value);
    if (!matcher.matches()) {
      throw invalid(name, value)
          .withHint(
              "Valid units for this parameter are \"us\", \"ms\", \"s\", \"min\", \"h\", and \"d\".");
    }
    long unit =
        switch (matcher.group(2) == null ? "ms" : matcher.group(2)) {
          case "us" -> 1_000L;
          case "s" -> 1_000_000_000L;
          case "min" -> 60_000_000_000L;
          case "h" -> 3_600_000_000_000L;
          case "d" -> 86_400_000_000_000L;
          default -> 1_000_000L;
        };
    long count = Long.parseLong(matcher.group(1));
    if (count > Integer.MAX_VALUE * 1_000_000L / unit) {
      throw invalid(name, value);
    }
    return count * unit;
  }

  private static DistDbException invalid(String name, String value) {
    return new DistDbException(
        ErrorCode.INVALID_PARAMETER_VALUE,
        "invalid value for parameter \"" + name + "\": \"" + value + "\"");
  }
}

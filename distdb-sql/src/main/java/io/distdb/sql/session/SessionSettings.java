// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.datetime.TimeZones;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Settings of one session, by name. Values are kept as SHOW prints them. Used by one thread. */
final class SessionSettings {
  static final String DEFAULT_ISOLATION = "default_transaction_isolation";
  static final String DEFAULT_READ_ONLY = "default_transaction_read_only";
  static final String STATEMENT_TIMEOUT = "statement_timeout";
  static final String LOCK_TIMEOUT = "lock_timeout";
  static final String QUERY_MEMORY = "query_memory";
  static final String TIME_ZONE = "timezone";
  static final String SEARCH_PATH = "search_path";

  /** Settings of the transaction, which the session answers from its state. */
  static final String TRANSACTION_ISOLATION = "transaction_isolation";

  static final String TRANSACTION_READ_ONLY = "transaction_read_only";

  private static final Pattern DURATION = Pattern.compile("(\\d{1,15})\\s*(us|ms|s|min|h|d)?");

  private final Map<String, String> defaults;
  private Map<String, String> values;

  // Read by every statement, so kept parsed.
  private IsolationLevel isolation;
  private boolean readOnly;
  private ZoneId zone;
  private long statementTimeoutNanos;
  private long lockTimeoutNanos;
  private long queryMemoryBytes;
  private List<String> searchPath;

  SessionSettings(DatabaseOptions options) {
    Map<String, String> initial = new TreeMap<>();
    initial.put(DEFAULT_ISOLATION, text(options.defaultIsolation()));
    initial.put(DEFAULT_READ_ONLY, "off");
    initial.put(STATEMENT_TIMEOUT, milliseconds(options.statementTimeoutMillis()));
    initial.put(LOCK_TIMEOUT, milliseconds(options.lockTimeoutMillis()));
    initial.put(QUERY_MEMORY, MemorySize.text(options.queryMemoryBytes()));
    initial.put("application_name", "");
    initial.put("client_encoding", "UTF8");
    initial.put("client_min_messages", "notice");
    initial.put("datestyle", "ISO, MDY");
    initial.put("extra_float_digits", "1");
    initial.put(SEARCH_PATH, "\"$user\", public");
    initial.put("standard_conforming_strings", "on");
    initial.put(TIME_ZONE, "UTC");
    defaults = Collections.unmodifiableMap(initial);
    restore(initial);
  }

  /** All values, to go back to. */
  Map<String, String> copy() {
    return new TreeMap<>(values);
  }

  void restore(Map<String, String> earlier) {
    values = new TreeMap<>(earlier);
    isolation = isolation(values.get(DEFAULT_ISOLATION));
    readOnly = values.get(DEFAULT_READ_ONLY).equals("on");
    zone = TimeZones.of(values.get(TIME_ZONE));
    statementTimeoutNanos = nanos(STATEMENT_TIMEOUT, values.get(STATEMENT_TIMEOUT));
    lockTimeoutNanos = nanos(LOCK_TIMEOUT, values.get(LOCK_TIMEOUT));
    queryMemoryBytes = MemorySize.bytes(QUERY_MEMORY, values.get(QUERY_MEMORY));
    searchPath = SearchPath.parse(values.get(SEARCH_PATH));
  }

  IsolationLevel isolation() {
    return isolation;
  }

  /** In which TIMESTAMPTZ is shown, and read where no other is named. */
  ZoneId zone() {
    return zone;
  }

  boolean readOnly() {
    return readOnly;
  }

  /** Schemas, in order; those that are not there are passed over. */
  List<String> searchPath() {
    return searchPath;
  }

  /** 0: no limit. */
  long statementTimeoutNanos() {
    return statementTimeoutNanos;
  }

  /** 0: no limit. */
  long lockTimeoutNanos() {
    return lockTimeoutNanos;
  }

  /** Most that one statement may hold. */
  long queryMemoryBytes() {
    return queryMemoryBytes;
  }

  /**
   * @throws DistDbException {@code UNDEFINED_OBJECT}: no such setting
   */
  String show(String name) {
    String value = find(name);
    if (value == null) {
      throw unknown(name);
    }
    return value;
  }

  /** As {@link #show}, or null when there is no such setting. */
  String find(String name) {
    return values.get(name.toLowerCase(Locale.ROOT));
  }

  /**
   * @param value null for the default
   * @throws DistDbException {@code UNDEFINED_OBJECT}; {@code INVALID_PARAMETER_VALUE}
   */
  void set(String name, String value) {
    String key = name.toLowerCase(Locale.ROOT);
    if (!defaults.containsKey(key)) {
      throw unknown(name);
    }
    Map<String, String> changed = copy();
    changed.put(key, value == null ? defaults.get(key) : normalized(key, value.strip()));
    restore(changed);
  }

  private static String normalized(String name, String value) {
    return switch (name) {
      case DEFAULT_ISOLATION -> text(isolation(value));
      case DEFAULT_READ_ONLY, "standard_conforming_strings" -> onOrOff(name, value);
      case STATEMENT_TIMEOUT, LOCK_TIMEOUT -> milliseconds(nanos(name, value) / 1_000_000);
      case QUERY_MEMORY -> MemorySize.text(MemorySize.bytes(name, value));
      case TIME_ZONE -> zoneName(value);
      default -> value;
    };
  }

  private static String zoneName(String value) {
    try {
      TimeZones.of(value);
      return value;
    } catch (DistDbException unknown) {
      throw invalid("TimeZone", value);
    }
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
          throw invalid(DEFAULT_ISOLATION, name)
              .withHint(
                  "Available values: serializable, repeatable read, read committed, read"
                      + " uncommitted.");
    };
  }

  static String text(IsolationLevel level) {
    return level.name().toLowerCase(Locale.ROOT).replace('_', ' ');
  }

  private static String milliseconds(long millis) {
    return millis == 0 ? "0" : millis + "ms";
  }

  private static long nanos(String name, String value) {
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

  private static DistDbException unknown(String name) {
    return new DistDbException(
        ErrorCode.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
  }
}

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

  private final Map<String, String> defaults;
  private Map<String, String> values;
  private boolean changed;

  // Read by every statement, so kept parsed.
  private IsolationLevel isolation;
  private boolean readOnly;
  private ZoneId zone;
  private long statementTimeoutNanos;
  private long lockTimeoutNanos;
  private long queryMemoryBytes;
  private List<String> searchPath;

  SessionSettings(DatabaseOptions options) {
    Map<String, String> initial = SettingRules.defaults();
    initial.put(DEFAULT_ISOLATION, SettingRules.text(options.defaultIsolation()));
    initial.put(DEFAULT_READ_ONLY, "off");
    initial.put(STATEMENT_TIMEOUT, SettingRules.milliseconds(options.statementTimeoutMillis()));
    initial.put(LOCK_TIMEOUT, SettingRules.milliseconds(options.lockTimeoutMillis()));
    initial.put(QUERY_MEMORY, MemorySize.text(options.queryMemoryBytes()));
    initial.put(SEARCH_PATH, "\"$user\", public");
    initial.put(TIME_ZONE, "UTC");
    defaults = Collections.unmodifiableMap(initial);
    restore(initial);
  }

  /** Names of all, sorted, as SHOW ALL lists them. */
  List<String> names() {
    return List.copyOf(values.keySet());
  }

  /** All values, to go back to. */
  Map<String, String> copy() {
    return new TreeMap<>(values);
  }

  /** All values as they are now, to go back to: later changes leave the map as it is. */
  Map<String, String> values() {
    return values;
  }

  void restore(Map<String, String> earlier) {
    if (earlier == values) {
      return;
    }
    values = Collections.unmodifiableMap(new TreeMap<>(earlier));
    changed = !earlier.equals(defaults);
    isolation = SettingRules.isolation(values.get(DEFAULT_ISOLATION));
    readOnly = values.get(DEFAULT_READ_ONLY).equals("on");
    zone = TimeZones.ofSetting(values.get(TIME_ZONE)).orElseThrow();
    statementTimeoutNanos = SettingRules.nanos(STATEMENT_TIMEOUT, values.get(STATEMENT_TIMEOUT));
    lockTimeoutNanos = SettingRules.nanos(LOCK_TIMEOUT, values.get(LOCK_TIMEOUT));
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
    boolean custom = !defaults.containsKey(key) && SettingRules.isCustom(key);
    if (!custom && !defaults.containsKey(key)) {
      throw unknown(name);
    }
    Map<String, String> after = copy();
    if (custom) {
      after.put(key, value == null ? "" : value);
    } else {
      after.put(
          key, value == null ? defaults.get(key) : SettingRules.normalized(key, value.strip()));
    }
    restore(after);
  }

  /**
   * Remembers the value in {@code before}, unless one is there.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}
   */
  void keep(String name, Map<String, String> before) {
    String key = name.toLowerCase(Locale.ROOT);
    String value = find(key);
    if (value == null && !SettingRules.isCustom(key)) {
      throw unknown(name);
    }
    before.putIfAbsent(key, value == null ? "" : value);
  }

  /** All as they were at the beginning; what the session invented is gone. */
  void reset() {
    if (changed) {
      restore(defaults);
    }
  }

  private static DistDbException unknown(String name) {
    return new DistDbException(
        ErrorCode.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
  }
}

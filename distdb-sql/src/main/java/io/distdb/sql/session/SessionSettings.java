// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.access.Role;
import io.distdb.sql.ast.UtilityStatement;
import io.distdb.sql.datetime.TimeZones;
import java.time.ZoneId;
import java.util.Collections;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

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

  private static final Logger LOG = LoggerFactory.getLogger(SessionSettings.class);

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
  private String role;
  private String sessionUser;

  /**
   * @param login who logged in: its settings are the session's defaults
   */
  SessionSettings(DatabaseOptions options, Role login) {
    Map<String, String> initial = SettingRules.defaults();
    initial.put(DEFAULT_ISOLATION, SettingRules.text(options.defaultIsolation()));
    initial.put(DEFAULT_READ_ONLY, "off");
    initial.put(STATEMENT_TIMEOUT, SettingRules.milliseconds(options.statementTimeoutMillis()));
    initial.put(LOCK_TIMEOUT, SettingRules.milliseconds(options.lockTimeoutMillis()));
    initial.put(QUERY_MEMORY, MemorySize.text(options.queryMemoryBytes()));
    initial.put(SEARCH_PATH, "\"$user\", public");
    initial.put(TIME_ZONE, "UTC");
    initial.put(UtilityStatement.SESSION_AUTHORIZATION, login.name());
    login.settings().forEach((name, value) -> put(initial, name, value));
    defaults = Collections.unmodifiableMap(initial);
    restore(initial);
  }

  /** A value that a role has kept, unless it has become one that nothing can have. */
  private static void put(Map<String, String> initial, String name, String value) {
    try {
      initial.put(name, SettingRules.normalized(name, value));
    } catch (DistDbException refused) {
      LOG.warn("a role's setting is passed over: {}", refused.getMessage());
    }
  }

  /** Names of all, sorted, as SHOW ALL lists them. */
  List<String> names() {
    return values.keySet().stream().filter(name -> !isIdentity(name)).toList();
  }

  /** Whether it says who the session is: RESET ALL leaves that alone. */
  private static boolean isIdentity(String name) {
    return name.equals(UtilityStatement.ROLE)
        || name.equals(UtilityStatement.SESSION_AUTHORIZATION);
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
    role = values.get(UtilityStatement.ROLE);
    sessionUser = values.get(UtilityStatement.SESSION_AUTHORIZATION);
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

  /** Whom the session has become by SET ROLE. */
  String role() {
    return role;
  }

  /** Whose session it is. */
  String sessionUser() {
    return sessionUser;
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

  /** RESET ALL. */
  void resetAll() {
    Map<String, String> after = new TreeMap<>(defaults);
    values.forEach((name, value) -> {
      if (isIdentity(name)) {
        after.put(name, value);
      }
    });
    restore(after);
  }

  /**
   * A value of ALTER ROLE … SET, as SHOW prints it.
   *
   * @param value absent: the default
   * @throws DistDbException as {@link #set}
   */
  Optional<String> checked(String name, Optional<String> value) {
    boolean custom = !defaults.containsKey(name) && SettingRules.isCustom(name);
    if (!custom && (!defaults.containsKey(name) || isIdentity(name))) {
      throw isIdentity(name)
          ? new DistDbException(
              ErrorCode.CANNOT_CHANGE_SETTING, "parameter \"" + name + "\" cannot be set")
          : unknown(name);
    }
    return value.map(text -> custom ? text : SettingRules.normalized(name, text.strip()));
  }

  private static DistDbException unknown(String name) {
    return new DistDbException(
        ErrorCode.UNDEFINED_OBJECT, "unrecognized configuration parameter \"" + name + "\"");
  }
}

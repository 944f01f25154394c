// SPDX-License-Identifier: MIT
package io.distdb.sql.setting;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.sql.datetime.IntervalStyle;
import io.distdb.sql.datetime.TimeZones;
import java.time.ZoneId;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * A value for each setting, as SHOW prints it. Immutable: another value makes another object, so
 * that going back is keeping the reference, and nothing changed is the same reference.
 */
public final class SettingValues {
  public static final String APPLICATION_NAME = "application_name";
  public static final String COMMIT_TOKEN = "distdb.commit_token";
  public static final String COMMIT_TOKENS = "distdb.commit_tokens";
  public static final String DEFAULT_ISOLATION = "default_transaction_isolation";
  public static final String DEFAULT_READ_ONLY = "default_transaction_read_only";
  public static final String DEFAULT_DEFERRABLE = "default_transaction_deferrable";
  public static final String IDLE_IN_TRANSACTION_TIMEOUT = "idle_in_transaction_session_timeout";
  public static final String IDLE_SESSION_TIMEOUT = "idle_session_timeout";
  public static final String IS_SUPERUSER = "is_superuser";
  public static final String LOCK_TIMEOUT = "lock_timeout";
  public static final String QUERY_MEMORY = "query_memory";
  public static final String ROLE = "role";
  public static final String SEARCH_PATH = "search_path";
  public static final String SESSION_AUTHORIZATION = "session_authorization";
  public static final String SLOW_STATEMENT = "log_min_duration_statement";
  public static final String STATEMENT_TIMEOUT = "statement_timeout";
  public static final String SYNCHRONOUS_COMMIT = "synchronous_commit";
  public static final String TIME_ZONE = "timezone";
  public static final String TRANSACTION_DEFERRABLE = "transaction_deferrable";
  public static final String TRANSACTION_ISOLATION = "transaction_isolation";
  public static final String TRANSACTION_READ_MODE = "transaction_read_mode";
  public static final String TRANSACTION_READ_ONLY = "transaction_read_only";
  public static final String TRACK_STATEMENTS = "pg_stat_statements.track";
  private static final String PARAMETER_LENGTH = "log_parameter_max_length";

  /** The value of {@link #ROLE} that stands for the session's user. */
  public static final String NO_ROLE = "none";

  private static final String WORK_MEM = "work_mem";

  private final Map<String, String> base;
  private final Map<String, String> own;

  // Read by every statement, so kept parsed.
  private final IsolationLevel isolation;
  private final boolean readOnly;
  private final boolean commitTokens;
  private final ReadMode readMode;
  private final SynchronousCommit synchronousCommit;
  private final boolean superuser;
  private final long statementTimeoutNanos;
  private final long lockTimeoutNanos;
  private final long idleSessionTimeoutNanos;
  private final long idleInTransactionTimeoutNanos;
  private final long slowStatementNanos;
  private final long queryMemoryBytes;
  private final List<String> searchPath;
  private final TextStyle textStyle;
  private final int noticeRank;
  private final boolean tracksStatements;
  private final int parameterLengthMax;
  private final String role;
  private final String sessionUser;

  /**
   * @param base a value of every setting, by key; never changed
   * @param own those that differ, and those that a user invented; never changed
   */
  private SettingValues(Map<String, String> base, Map<String, String> own) {
    this.base = base;
    this.own = own;
    isolation = SettingRules.isolation(DEFAULT_ISOLATION, get(DEFAULT_ISOLATION));
    readOnly = get(DEFAULT_READ_ONLY).equals("on");
    commitTokens = get(COMMIT_TOKENS).equals("on");
    readMode = SettingRules.readMode(get(TRANSACTION_READ_MODE));
    synchronousCommit = SettingRules.synchronousCommit(get(SYNCHRONOUS_COMMIT));
    superuser = get(IS_SUPERUSER).equals("on");
    statementTimeoutNanos = nanos(STATEMENT_TIMEOUT);
    lockTimeoutNanos = nanos(LOCK_TIMEOUT);
    idleSessionTimeoutNanos = nanos(IDLE_SESSION_TIMEOUT);
    idleInTransactionTimeoutNanos = nanos(IDLE_IN_TRANSACTION_TIMEOUT);
    slowStatementNanos = nanos(SLOW_STATEMENT);
    queryMemoryBytes = MemorySize.bytes(QUERY_MEMORY, get(QUERY_MEMORY));
    searchPath = SearchPath.parse(get(SEARCH_PATH));
    textStyle = textStyle();
    noticeRank = NoticeRank.of(get("client_min_messages"));
    tracksStatements = get(TRACK_STATEMENTS).equals("top");
    parameterLengthMax =
        Integer.parseInt(SettingList.find(PARAMETER_LENGTH).plain(get(PARAMETER_LENGTH)));
    role = get(ROLE);
    sessionUser = get(SESSION_AUTHORIZATION);
  }

  /**
   * What each session starts with.
   *
   * @param configured values of the configuration, by key
   * @throws DistDbException as {@link #with}
   */
  public static SettingValues configured(Map<String, String> configured) {
    Map<String, String> base = new HashMap<>();
    SettingList.settings().forEach(setting -> base.put(setting.key(), setting.initial()));
    SettingValues initial = new SettingValues(Map.copyOf(base), Map.of());
    configured.forEach((key, value) ->
        base.put(key, SettingRules.normalized(SettingList.find(key), value, initial)));
    return new SettingValues(Map.copyOf(base), Map.of());
  }

  private String get(String key) {
    String value = own.get(key);
    return value == null ? base.get(key) : value;
  }

  private long nanos(String key) {
    SettingKind.Whole kind = (SettingKind.Whole) SettingList.find(key).kind();
    return SettingNumbers.count(SettingList.find(key), kind, get(key)) * 1_000_000;
  }

  private TextStyle textStyle() {
    DateStyleText dates = DateStyleText.of(get("datestyle"));
    return new TextStyle(
        TimeZones.ofSetting(get(TIME_ZONE)).orElseThrow(),
        dates.style(),
        dates.order(),
        IntervalStyle.valueOf(get("intervalstyle").toUpperCase(Locale.ROOT)),
        get("bytea_output").equals("hex"),
        Integer.parseInt(get("extra_float_digits")));
  }

  /** The value, or null when there is no such setting. */
  public String find(String key) {
    return key.equals(WORK_MEM)
        ? SettingUnit.KILOBYTES.text(Math.min(queryMemoryBytes >> 10, Integer.MAX_VALUE))
        : get(key);
  }

  /** Keys of all, sorted. */
  public Set<String> keys() {
    Set<String> keys = new TreeSet<>(base.keySet());
    keys.addAll(own.keySet());
    return keys;
  }

  /**
   * These, but the setting {@code key} has {@code shown}, as {@link SettingRules} normalized it.
   */
  SettingValues with(String key, String shown) {
    String kept = key.equals(WORK_MEM) ? QUERY_MEMORY : key;
    Map<String, String> after = new HashMap<>(own);
    if (shown.equals(base.get(kept))) {
      after.remove(kept);
    } else {
      after.put(kept, shown);
    }
    return after.equals(own) ? this : new SettingValues(base, after);
  }

  /**
   * These, but the setting {@code name} has the value that {@code value} writes; a new one when its
   * name has a point.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}, {@code INVALID_PARAMETER_VALUE}, {@code
   *     FEATURE_NOT_SUPPORTED}
   */
  public SettingValues with(Setting setting, String name, String value) {
    return setting == null
        ? with(Setting.key(name), value)
        : with(setting.key(), SettingRules.normalized(setting, value, this));
  }

  /** These, but the setting {@code key} is as in {@code other}; one that is not there is empty. */
  public SettingValues withThatOf(SettingValues other, String key) {
    String kept = key.equals(WORK_MEM) ? QUERY_MEMORY : key;
    String value = other.get(kept);
    return with(kept, value == null ? "" : value);
  }

  /** Whether a session gave {@code key} another value than {@code other} has. */
  boolean differs(SettingValues other, String key) {
    return !find(key).equals(other.find(key));
  }

  public IsolationLevel isolation() {
    return isolation;
  }

  public boolean readOnly() {
    return readOnly;
  }

  /** Whether commits have names of the server's making. */
  public boolean commitTokens() {
    return commitTokens;
  }

  public ReadMode readMode() {
    return readMode;
  }

  public SynchronousCommit synchronousCommit() {
    return synchronousCommit;
  }

  public boolean isSuperuser() {
    return superuser;
  }

  /** 0: no limit. */
  public long statementTimeoutNanos() {
    return statementTimeoutNanos;
  }

  /** 0: no limit. */
  public long lockTimeoutNanos() {
    return lockTimeoutNanos;
  }

  /** 0: no limit. */
  public long idleSessionTimeoutNanos() {
    return idleSessionTimeoutNanos;
  }

  /** 0: no limit. */
  public long idleInTransactionTimeoutNanos() {
    return idleInTransactionTimeoutNanos;
  }

  /** From which time on a statement is logged; below 0: none is. */
  public long slowStatementNanos() {
    return slowStatementNanos;
  }

  /** Whether anybody wants to know how long statements take. */
  public boolean measuresStatements() {
    return tracksStatements || slowStatementNanos >= 0;
  }

  /** Whether statements are counted for {@code pg_stat_statements}. */
  public boolean tracksStatements() {
    return tracksStatements;
  }

  /** How much of a parameter is logged with its statement; 0: none, below 0: all. */
  public int parameterLengthMax() {
    return parameterLengthMax;
  }

  /** Most that one statement may hold. */
  public long queryMemoryBytes() {
    return queryMemoryBytes;
  }

  /** Schemas, in order; those that are not there are passed over. */
  public List<String> searchPath() {
    return searchPath;
  }

  /** Whom the session has become by SET ROLE. */
  public String role() {
    return role;
  }

  /** Whose session it is. */
  public String sessionUser() {
    return sessionUser;
  }

  /** In which TIMESTAMPTZ is shown, and read where no other is named. */
  public ZoneId zone() {
    return textStyle.zone();
  }

  public TextStyle style() {
    return textStyle;
  }

  /** The least {@link NoticeRank} of what the client is told. */
  public int noticeRank() {
    return noticeRank;
  }

  /**
   * @throws DistDbException {@code CANNOT_CHANGE_SETTING}, {@code INSUFFICIENT_PRIVILEGE}
   */
  public void checkMayBeSet(Setting setting) {
    String why =
        switch (setting.context()) {
          case INTERNAL -> "cannot be changed";
          case POSTMASTER -> "cannot be changed without restarting the server";
          case SIGHUP -> "cannot be changed now";
          case SUPERUSER, USER -> "";
        };
    if (!why.isEmpty()) {
      throw new DistDbException(
          ErrorCode.CANNOT_CHANGE_SETTING, "parameter \"" + setting.name() + "\" " + why);
    }
    if (setting.context() == SettingContext.SUPERUSER && !superuser) {
      throw new DistDbException(
          ErrorCode.INSUFFICIENT_PRIVILEGE,
          "permission denied to set parameter \"" + setting.name() + "\"");
    }
  }
}

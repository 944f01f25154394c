// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.optimize.PlannerOptions;
import io.distdb.sql.setting.MemorySize;
import io.distdb.sql.setting.SettingRules;
import io.distdb.sql.setting.SettingValues;
import java.util.Map;
import java.util.Objects;

/**
 * What the sessions of a database start with.
 *
 * @param defaultIsolation isolation of transactions that do not name one
 * @param statementTimeoutMillis longest a statement may run; 0 is no limit
 * @param lockTimeoutMillis longest wait for one lock; 0 is no limit
 * @param queryMemoryBytes most that the operators of one statement may hold, at least 64 KiB
 * @param cachedPlansMax statements whose plans are kept, at least 1
 * @param planning what the optimizer may do
 */
public record DatabaseOptions(
    IsolationLevel defaultIsolation,
    long statementTimeoutMillis,
    long lockTimeoutMillis,
    long queryMemoryBytes,
    int cachedPlansMax,
    PlannerOptions planning) {
  /** Least memory of a query, in bytes. */
  public static final long QUERY_MEMORY_MIN = 64L << 10;

  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(IsolationLevel.READ_COMMITTED, 0, 0, 2_048);

  /** With a quarter of Java's heap as the memory of a query, or 64 MiB if that is more. */
  public DatabaseOptions(
      IsolationLevel defaultIsolation,
      long statementTimeoutMillis,
      long lockTimeoutMillis,
      int cachedPlansMax) {
    this(
        defaultIsolation,
        statementTimeoutMillis,
        lockTimeoutMillis,
        Math.max(64L << 20, Runtime.getRuntime().maxMemory() / 4),
        cachedPlansMax);
  }

  /** With all rules. */
  public DatabaseOptions(
      IsolationLevel defaultIsolation,
      long statementTimeoutMillis,
      long lockTimeoutMillis,
      long queryMemoryBytes,
      int cachedPlansMax) {
    this(
        defaultIsolation,
        statementTimeoutMillis,
        lockTimeoutMillis,
        queryMemoryBytes,
        cachedPlansMax,
        PlannerOptions.DEFAULT);
  }

  public DatabaseOptions {
    if (queryMemoryBytes < QUERY_MEMORY_MIN) {
      throw new IllegalArgumentException("a query has at least 64 KiB: " + this);
    }
    Objects.requireNonNull(defaultIsolation, "defaultIsolation");
    Objects.requireNonNull(planning, "planning");
    if (statementTimeoutMillis < 0 || lockTimeoutMillis < 0 || cachedPlansMax < 1) {
      throw new IllegalArgumentException(
          "time-outs are not negative and at least one plan is cached: " + this);
    }
  }

  /** What these say of settings. */
  Map<String, String> settings() {
    return Map.of(
        SettingValues.DEFAULT_ISOLATION, SettingRules.text(defaultIsolation),
        SettingValues.STATEMENT_TIMEOUT, milliseconds(statementTimeoutMillis),
        SettingValues.LOCK_TIMEOUT, milliseconds(lockTimeoutMillis),
        SettingValues.QUERY_MEMORY, MemorySize.text(queryMemoryBytes));
  }

  private static String milliseconds(long millis) {
    return Math.min(millis, Integer.MAX_VALUE) + "ms";
  }

  public DatabaseOptions withPlanning(PlannerOptions newPlanning) {
    return new DatabaseOptions(
        defaultIsolation,
        statementTimeoutMillis,
        lockTimeoutMillis,
        queryMemoryBytes,
        cachedPlansMax,
        newPlanning);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.sql.optimize.Optimizer;
import io.distdb.sql.optimize.rule.Rule;
import java.util.List;
import java.util.Objects;

/**
 * What the sessions of a database start with.
 *
 * @param defaultIsolation isolation of transactions that do not name one
 * @param statementTimeoutMillis longest a statement may run; 0 is no limit
 * @param lockTimeoutMillis longest wait for one lock; 0 is no limit
 * @param cachedPlansMax statements whose plans are kept, at least 1
 * @param rules what queries are rewritten by; fewer of them give the same answers, later
 */
public record DatabaseOptions(
    IsolationLevel defaultIsolation,
    long statementTimeoutMillis,
    long lockTimeoutMillis,
    int cachedPlansMax,
    List<Rule> rules) {
  public static final DatabaseOptions DEFAULT =
      new DatabaseOptions(IsolationLevel.READ_COMMITTED, 0, 0, 2_048, Optimizer.RULES);

  public DatabaseOptions {
    Objects.requireNonNull(defaultIsolation, "defaultIsolation");
    rules = List.copyOf(rules);
    if (statementTimeoutMillis < 0 || lockTimeoutMillis < 0 || cachedPlansMax < 1) {
      throw new IllegalArgumentException(
          "time-outs are not negative and at least one plan is cached: " + this);
    }
  }

  public DatabaseOptions withRules(List<Rule> newRules) {
    return new DatabaseOptions(
        defaultIsolation, statementTimeoutMillis, lockTimeoutMillis, cachedPlansMax, newRules);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;

/**
 * Plans of a session whose search path is not the usual one: names may mean other tables there, so
 * its plans are of no use to other sessions, nor theirs to it. Looked up and never iterated. Used
 * by the session's thread.
 */
final class PathPlans {
  private static final int PLANS_MAX = 256;

  private final Map<CachedStatement, PreparedPlan> plans = new IdentityHashMap<>();
  private List<String> path = List.of();

  void clear() {
    plans.clear();
  }

  PreparedPlan find(CachedStatement statement, long schemaVersion, StatementRun run) {
    if (!path.equals(run.searchPath()) || plans.size() >= PLANS_MAX) {
      plans.clear();
      path = run.searchPath();
    }
    PreparedPlan plan = plans.get(statement);
    if (plan == null || plan.schemaVersion() != schemaVersion) {
      plan = run.plan(statement, run.view());
      plans.put(statement, plan);
    }
    return plan;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

/**
 * Decides whether a statement whose plan depends on the values of its parameters is planned for
 * each run, or keeps one plan for all of them. As PostgreSQL does ("PREPARE", notes): the first
 * five runs have plans of their own; after that the general plan is taken when it is estimated to
 * cost no more than those did on average, their planning included. Thread-safe.
 */
final class CustomPlans {
  static final int TRIED = 5;

  /** Planning, in the unit of costs, for each table and once more. */
  private static final double PLANNING = 500;

  private long schemaVersion;
  private int runs;
  private double cost;
  private boolean refused;

  /** Another version has other statistics: everything is tried again. */
  private void begin(long version) {
    if (version != schemaVersion) {
      schemaVersion = version;
      runs = 0;
      cost = 0;
      refused = false;
    }
  }

  /** Notes a plan made for one run; answers whether it is time to weigh the general one. */
  synchronized boolean isTried(long version, PlanBasis basis) {
    begin(version);
    runs++;
    cost += basis.cost() + PLANNING * (basis.tables() + 1);
    return runs > TRIED && !refused;
  }

  /** Whether the general plan is kept from now on. */
  synchronized boolean prefers(PlanBasis general) {
    refused = general.cost() > cost / runs;
    return !refused;
  }
}

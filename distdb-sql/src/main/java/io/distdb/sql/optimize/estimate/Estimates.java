// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

/** What estimates of one statement rest on. */
public final class Estimates {
  private final Statistics statistics;
  private final ColumnFacts facts;
  private final Selectivity selectivity;
  private final GroupCount groups;
  private final PairSelectivity pairs;

  public Estimates(Statistics statistics, KnownValues known) {
    this.statistics = statistics;
    facts = new ColumnFacts(statistics);
    selectivity = new Selectivity(facts, known);
    groups = new GroupCount(facts);
    pairs = new PairSelectivity(facts, selectivity);
  }

  public Statistics statistics() {
    return statistics;
  }

  public ColumnFacts facts() {
    return facts;
  }

  public Selectivity selectivity() {
    return selectivity;
  }

  public GroupCount groups() {
    return groups;
  }

  public PairSelectivity pairs() {
    return pairs;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize.estimate;

import io.distdb.sql.catalog.Table;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * How many groups rows make: the product of the keys' numbers of values, each as many as are left
 * among so many rows (Cardenas, "Analysis and performance of inverted data base structures", 1975).
 */
public final class GroupCount {
  /** Share of the rows, where nothing is known of a key. */
  private static final double GUESS = 0.1;

  private final ColumnFacts facts;

  public GroupCount(ColumnFacts facts) {
    this.facts = facts;
  }

  /**
   * @param rows that are grouped
   * @return from 1 to {@code rows}
   */
  public double of(List<Variable> keys, double rows) {
    double groups = 1;
    boolean guessed = false;
    List<Table> decided = new ArrayList<>();
    for (Variable key : keys) {
      Optional<ColumnFact> fact = facts.of(new Expression.Reference(key));
      if (fact.isPresent() && fact.get().isUnique()) {
        decided.add(fact.get().table());
      }
    }
    for (Variable key : keys) {
      Optional<ColumnFact> fact = facts.of(new Expression.Reference(key));
      OptionalDouble distinct = fact.map(ColumnFact::distinct).orElseGet(OptionalDouble::empty);
      if (distinct.isEmpty()) {
        guessed = true;
      } else if (fact.get().isUnique() || !decided.contains(fact.get().table())) {
        groups *= among(fact.get(), distinct.getAsDouble(), rows);
      }
    }
    if (guessed) {
      groups = Math.max(groups, rows * GUESS);
    }
    return Math.max(1, Math.min(rows, groups));
  }

  private static double among(ColumnFact fact, double distinct, double rows) {
    double all = fact.rows();
    if (rows >= all || distinct <= 1) {
      return distinct;
    }
    double missed = Math.pow(1 - rows / all, all / distinct);
    return Math.max(1, distinct * (1 - missed)) + (fact.nullFraction() > 0 ? 1 : 0);
  }
}

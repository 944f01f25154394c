// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.optimize.rule.Rule;
import java.util.List;
import java.util.Set;

/**
 * What the optimizer may do. Less of it gives the same answers, later: for tests that compare.
 *
 * @param rules what queries are rewritten by
 * @param avoided ways to join that are taken only where there is no other
 * @param reorders whether joins may be done in another order than they are written in
 */
public record PlannerOptions(List<Rule> rules, Set<JoinMethod> avoided, boolean reorders) {
  /** Everything. */
  public static final PlannerOptions DEFAULT = new PlannerOptions(Optimizer.RULES, Set.of(), true);

  public PlannerOptions {
    rules = List.copyOf(rules);
    avoided = Set.copyOf(avoided);
  }

  public PlannerOptions withRules(List<Rule> newRules) {
    return new PlannerOptions(newRules, avoided, reorders);
  }

  public PlannerOptions avoiding(Set<JoinMethod> methods) {
    return new PlannerOptions(rules, methods, reorders);
  }

  public PlannerOptions inWrittenOrder() {
    return new PlannerOptions(rules, avoided, false);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.plan.AccessPath;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;

/**
 * Decides how a table is read: the cheapest candidate, a sort that it would spare and a limit that
 * would end it early taken into account.
 *
 * <pre>
 * Filter (origin = 'ATL' AND n > 3)        Index Scan using flights_origin on flights
 *   Scan flights                      =>     Index Cond: (origin = 'ATL')
 *                                            Filter: (n > 3)
 * </pre>
 */
final class ChooseAccessPath {
  private static final double SORT_PER_ROW = 0.2;

  private final Estimates estimates;

  ChooseAccessPath(Estimates estimates) {
    this.estimates = estimates;
  }

  /**
   * @param conjuncts what rows must satisfy
   * @param known variables whose values are known when the scan starts: of the outer side
   */
  Planned choose(
      Relation.Scan scan, List<Expression> conjuncts, Collection<Variable> known, Request request) {
    List<KeyMatch> matches = KeyMatch.find(scan, conjuncts, known);
    estimates.facts().add(scan);
    double tableRows = Math.max(estimates.statistics().rows(scan.table()), 1);
    List<Candidate> candidates =
        new AccessPaths(scan, matches, request.order(), tableRows, estimates.selectivity()).list();
    double share = estimates.selectivity().of(conjuncts);
    Candidate best = null;
    Candidate second = null;
    for (Candidate candidate : candidates) {
      if (best == null || total(candidate, share, request) < total(best, share, request)) {
        second = best;
        best = candidate;
      } else if (second == null
          || total(candidate, share, request) < total(second, share, request)) {
        second = candidate;
      }
    }
    return new Planned(
        plan(scan, conjuncts, best, tableRows, why(best, second, share, request)), best.ordered());
  }

  private double rowsOut(Candidate candidate, double share) {
    double kept = share / Math.max(estimates.selectivity().of(candidate.covered()), 1e-12);
    return Math.max(1, candidate.matched() * Math.min(1, kept));
  }

  /** Cost with the sort that may follow, or the part of it that a limit asks for. */
  private double total(Candidate candidate, double share, Request request) {
    double out = rowsOut(candidate, share);
    if (!request.order().isEmpty() && !candidate.ordered()) {
      return candidate.cost() + out * SORT_PER_ROW * Math.max(1, Math.log(out));
    }
    return candidate.cost() * Math.min(1, request.rows() / out);
  }

  private String why(Candidate best, Candidate second, double share, Request request) {
    String cost = String.format(Locale.ROOT, "cost %.0f", total(best, share, request));
    if (second == null) {
      return "no index fits; " + cost;
    }
    return cost
        + String.format(
            Locale.ROOT, "; next best %s %.0f", second.name(), total(second, share, request))
        + (best.ordered() ? "; gives the order" : "");
  }

  private PhysicalPlan.Scan plan(
      Relation.Scan scan,
      List<Expression> conjuncts,
      Candidate chosen,
      double tableRows,
      String why) {
    List<Expression> rest = new ArrayList<>(conjuncts);
    rest.removeAll(chosen.covered());
    double kept = tableRows * estimates.selectivity().of(conjuncts);
    double rows = Math.clamp(kept, 1, Math.max(1, chosen.matched()));
    boolean isFull = chosen.path() instanceof AccessPath.Full;
    double read = isFull ? AccessPaths.fullCost(tableRows) : chosen.cost();
    double cost = read + SubplanCost.of(rest, Math.min(tableRows, chosen.matched()));
    return new PhysicalPlan.Scan(
        scan.table(),
        scan.alias(),
        scan.output(),
        scan.ordinals(),
        chosen.path(),
        chosen.direction(),
        chosen.covered(),
        Expressions.conjunction(rest),
        why,
        new Estimate(rows, cost));
  }
}

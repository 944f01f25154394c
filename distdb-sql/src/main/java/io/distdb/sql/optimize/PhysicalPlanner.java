// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.api.type.Value;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Relation.SortKey;
import io.distdb.sql.logical.Relations;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.optimize.rule.FoldConstants;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import io.distdb.sql.plan.PhysicalPlan.Fetch;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Turns a rewritten relation into a physical plan, from the bottom, by cost. */
final class PhysicalPlanner {
  /** Rows that a LIMIT whose number is not known yet is taken to ask for. */
  private static final double LIMIT_ROWS = 100;

  private static final double PER_ROW = 0.1;

  private final PlannerOptions options;
  private final Estimates estimates;
  private final ChooseAccessPath accessPaths;
  private final SubqueryPlanner subqueries;
  private final SetPlanner sets;
  private final GroupPlanner groups;

  PhysicalPlanner(Estimates estimates, PlannerOptions options) {
    this.options = options;
    this.estimates = estimates;
    accessPaths = new ChooseAccessPath(estimates);
    subqueries = new SubqueryPlanner(this);
    sets = new SetPlanner(this, estimates);
    groups = new GroupPlanner(this, estimates);
  }

  PlannerOptions options() {
    return options;
  }

  Estimates estimates() {
    return estimates;
  }

  /** Rewrites and plans a whole query; its columns come in the relation's order. */
  PhysicalPlan plan(Relation relation) {
    Relation rewritten = subqueries.plan(rewrite(relation));
    PhysicalPlan plan = plan(rewritten, Request.ALL).plan();
    if (plan.output().equals(relation.output())) {
      return plan;
    }
    List<Relation.Assignment> columns = new ArrayList<>();
    for (Variable variable : relation.output()) {
      columns.add(new Relation.Assignment(variable, new Expression.Reference(variable)));
    }
    return new PhysicalPlan.Project(plan, columns, above(plan, rows(plan)));
  }

  Relation rewrite(Relation relation) {
    return Optimizer.rewrite(relation, options.rules());
  }

  /** An expression outside of any relation, with plans for its subqueries. */
  Expression plan(Expression expression) {
    return subqueries.plan(FoldConstants.fold(expression));
  }

  /** Plans a scan of an UPDATE or DELETE; the predicate's subqueries have plans. */
  PhysicalPlan.Scan planTarget(Relation.Scan target, Optional<Expression> predicate) {
    List<Expression> conjuncts = predicate.map(Expressions::conjuncts).orElseGet(List::of);
    return (PhysicalPlan.Scan) accessPaths.choose(target, conjuncts, List.of(), Request.ALL).plan();
  }

  Planned plan(Relation relation, Request request) {
    return switch (relation) {
      case Relation.Scan scan -> accessPaths.choose(scan, List.of(), List.of(), request);
      case Relation.Values values ->
          new Planned(
              new PhysicalPlan.Values(
                  values.output(), values.rows(), estimate(values.rows().size(), 0)),
              values.rows().size() == 1);
      case Relation.Filter filter -> filter(filter, request);
      case Relation.Project project -> project(project, request);
      case Relation.Join join -> join(join, request);
      case Relation.Apply apply -> lateral(apply);
      case Relation.Aggregate aggregate -> groups.aggregate(aggregate, request);
      case Relation.Distinct distinct -> groups.distinct(distinct, request);
      case Relation.Sort sort -> sort(sort, request);
      case Relation.Limit limit -> limit(limit);
      case Relation.GroupingSets grouping -> groupingSets(grouping);
      case Relation.Window window -> window(window, request);
      case Relation.DistinctOn distinct -> sets.distinctOn(distinct, request);
      case Relation.Union union -> sets.union(union, request);
      case Relation.SetOperation set -> sets.set(set);
      case Relation.With with -> sets.with(with, request);
      case Relation.FunctionRows rows -> sets.functions(rows);
      case Relation.LiveRows rows -> sets.live(rows);
      case Relation.LockRows lock -> {
        Planned input = plan(lock.input(), request.withoutFetch());
        double out = rows(input.plan());
        yield new Planned(
            new PhysicalPlan.LockRows(
                input.plan(), lock.targets(), lock.recheck(), above(input.plan(), out)),
            input.ordered());
      }
      case Relation.CommonTableScan scan -> sets.scan(scan);
      case Relation.RecursiveUnion union -> sets.recursive(union);
    };
  }

  private Planned join(Relation.Join join, Request request) {
    PhysicalPlan plan = new JoinPlanner(this, accessPaths).plan(join);
    return PlanOrder.gives(plan, request.order())
        ? new Planned(KeptOrder.of(plan), true)
        : new Planned(plan, false);
  }

  private Planned filter(Relation.Filter filter, Request request) {
    List<Expression> conjuncts = Expressions.conjuncts(filter.predicate());
    if (filter.input() instanceof Relation.Scan scan) {
      return accessPaths.choose(scan, conjuncts, List.of(), request);
    }
    Planned input = plan(filter.input(), request.withoutFetch());
    double rows = Math.max(1, rows(input.plan()) * estimates.selectivity().of(conjuncts));
    double subplans = SubplanCost.of(conjuncts, rows(input.plan()));
    return new Planned(
        new PhysicalPlan.Filter(
            input.plan(), filter.predicate(), above(input.plan(), rows, subplans)),
        input.ordered());
  }

  /** The right side, rewritten and planned with the left row's values in slots. */
  private Planned lateral(Relation.Apply apply) {
    PhysicalPlan outer = plan(apply.left(), Request.ALL).plan();
    List<Variable> asked = new ArrayList<>(Relations.outer(apply.right()));
    asked.retainAll(apply.left().output());
    Map<Variable, Expression.Correlation> bound = subqueries.bind(asked);
    PhysicalPlan inner = plan(Relations.substitute(apply.right(), bound));
    double pairs = rows(outer) * rows(inner);
    double cost =
        outer.estimate().cost() + Math.max(1, rows(outer)) * (1 + inner.estimate().cost());
    return new Planned(
        new PhysicalPlan.LateralJoin(
            JoinMethods.type(apply.kind()),
            outer,
            inner,
            List.copyOf(bound.values()),
            apply.condition(),
            estimate(apply.kind().isExistence() ? rows(outer) : Math.max(1, pairs), cost)),
        false);
  }

  private Planned project(Relation.Project project, Request request) {
    Map<Variable, Variable> renamed = new HashMap<>();
    for (Relation.Assignment assignment : project.assignments()) {
      if (assignment.expression() instanceof Expression.Reference reference) {
        renamed.put(assignment.variable(), reference.variable());
      }
    }
    List<SortKey> below = new ArrayList<>();
    for (SortKey key : request.order()) {
      Variable variable = renamed.get(key.variable());
      if (variable == null) {
        below.clear();
        break;
      }
      below.add(new SortKey(variable, key.descending(), key.nullsFirst()));
    }
    Planned input = plan(project.input(), new Request(below, request.rows(), request.fetch()));
    estimates.facts().add(project.assignments());
    List<Expression> computed =
        project.assignments().stream().map(Relation.Assignment::expression).toList();
    double rows = rows(input.plan());
    return new Planned(
        new PhysicalPlan.Project(
            input.plan(),
            project.assignments(),
            above(input.plan(), rows, SubplanCost.of(computed, rows))),
        input.ordered() && below.size() == request.order().size());
  }

  private Planned groupingSets(Relation.GroupingSets sets) {
    PhysicalPlan input = plan(sets.input(), Request.ALL).plan();
    double out = estimates.groups().of(sets.keys(), rows(input)) * sets.sets().size();
    return new Planned(
        new PhysicalPlan.GroupingSets(
            input, sets.keys(), sets.sets(), sets.groupings(), sets.calls(), above(input, out)),
        false);
  }

  /** Rows leave a window as they enter it, which may be the order that is asked for. */
  private Planned window(Relation.Window window, Request request) {
    Relation input = window.input();
    if (!window.sort().isEmpty()) {
      input = new Relation.Sort(input, window.sort());
    }
    PhysicalPlan sorted = plan(input, Request.ALL).plan();
    List<SortKey> wanted = request.order();
    boolean ordered = startsWith(window.sort(), wanted);
    return new Planned(
        new PhysicalPlan.WindowAgg(
            sorted,
            window.partition(),
            window.order(),
            window.calls(),
            above(sorted, rows(sorted))),
        ordered);
  }

  private Planned sort(Relation.Sort sort, Request request) {
    Planned input = plan(sort.input(), request.ordered(sort.keys()));
    boolean asAsked = startsWith(sort.keys(), request.order());
    if (input.ordered()) {
      return new Planned(input.plan(), asAsked);
    }
    double rows = rows(input.plan());
    double out = Math.min(rows, request.rows());
    double cost =
        input.plan().estimate().cost() + rows * 0.2 * Math.max(1, Math.log(Math.max(1, out)));
    return new Planned(
        new PhysicalPlan.Sort(input.plan(), sort.keys(), request.fetch(), estimate(out, cost)),
        asAsked);
  }

  /** What is sorted by {@code keys} is sorted by {@code wanted} too. */
  static boolean startsWith(List<SortKey> keys, List<SortKey> wanted) {
    return wanted.size() <= keys.size() && keys.subList(0, wanted.size()).equals(wanted);
  }

  private Planned limit(Relation.Limit limit) {
    Fetch fetch = new Fetch(limit.limit(), limit.offset());
    double rows =
        limit.limit().isEmpty()
            ? Double.POSITIVE_INFINITY
            : known(limit.limit(), LIMIT_ROWS) + known(limit.offset(), 0);
    Request request =
        new Request(
            List.of(),
            rows,
            limit.limit().isPresent() && limit.ties().isEmpty()
                ? Optional.of(fetch)
                : Optional.empty());
    PhysicalPlan input = plan(limit.input(), request).plan();
    double out = Math.min(rows(input), rows);
    return new Planned(
        new PhysicalPlan.Limit(input, fetch, limit.ties(), estimate(out, input.estimate().cost())),
        false);
  }

  private static double known(Optional<Expression> expression, double otherwise) {
    return expression
        .filter(Expression.Literal.class::isInstance)
        .map(literal -> ((Expression.Literal) literal).value())
        .filter(Value.BigintValue.class::isInstance)
        .map(value -> (double) ((Value.BigintValue) value).value())
        .orElse(otherwise);
  }

  static double rows(PhysicalPlan plan) {
    return plan.estimate().rows();
  }

  private static Estimate above(PhysicalPlan input, double rows) {
    return above(input, rows, 0);
  }

  private static Estimate above(PhysicalPlan input, double rows, double more) {
    return estimate(rows, input.estimate().cost() + rows(input) * PER_ROW + more);
  }

  private static Estimate estimate(double rows, double cost) {
    return new Estimate(rows, cost);
  }
}

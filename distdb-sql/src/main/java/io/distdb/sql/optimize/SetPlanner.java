// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import io.distdb.sql.optimize.estimate.Estimates;
import io.distdb.sql.plan.Estimate;
import io.distdb.sql.plan.PhysicalPlan;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Plans what combines whole queries: set operations, DISTINCT ON, WITH, recursion. */
final class SetPlanner {
  private static final double PER_ROW = 0.1;
  private static final double HASHED_ROW = 1;

  /** Rows that a function is taken to return, as PostgreSQL does. */
  private static final double FUNCTION_ROWS = 1_000;

  private static final double LIVE_ROWS = 100;

  /** How often the rows of the base a recursion is taken to bring, as PostgreSQL does. */
  private static final double RECURSION = 10;

  private final PhysicalPlanner planner;
  private final Estimates estimates;

  /** Rows of the tables of WITH, and of working tables, by their ids. */
  private final Map<Integer, Double> rows = new HashMap<>();

  /** Columns of the tables of WITH by their ids. */
  private final Map<Integer, List<Variable>> columns = new HashMap<>();

  SetPlanner(PhysicalPlanner planner, Estimates estimates) {
    this.planner = planner;
    this.estimates = estimates;
  }

  Planned distinctOn(Relation.DistinctOn distinct, Request request) {
    Planned input = planner.plan(distinct.input(), request.withoutFetch());
    double groups = estimates.groups().of(distinct.keys(), rowsOf(input.plan()));
    return new Planned(
        new PhysicalPlan.Unique(input.plan(), distinct.keys(), above(input.plan(), groups)),
        input.ordered());
  }

  Planned union(Relation.Union union, Request request) {
    List<PhysicalPlan> inputs = new ArrayList<>();
    Request below = new Request(List.of(), request.rows(), Optional.empty());
    double out = 0;
    double cost = 0;
    for (Relation input : union.inputs()) {
      PhysicalPlan plan = planner.plan(input, below).plan();
      inputs.add(plan);
      out += rowsOf(plan);
      cost += plan.estimate().cost();
    }
    return new Planned(
        new PhysicalPlan.Append(
            inputs, union.columns(), union.output(), new Estimate(out, cost + out * PER_ROW)),
        false);
  }

  Planned set(Relation.SetOperation set) {
    PhysicalPlan left = planner.plan(set.left(), Request.ALL).plan();
    PhysicalPlan right = planner.plan(set.right(), Request.ALL).plan();
    double hashed = rowsOf(left) + rowsOf(right);
    double cost = left.estimate().cost() + right.estimate().cost() + hashed * HASHED_ROW;
    double out =
        set.kind() == Relation.SetKind.EXCEPT
            ? rowsOf(left)
            : Math.min(rowsOf(left), rowsOf(right));
    return new Planned(
        new PhysicalPlan.HashSetOperation(
            set.kind(),
            set.all(),
            left,
            set.leftColumns(),
            right,
            set.rightColumns(),
            set.output(),
            new Estimate(out, cost)),
        false);
  }

  Planned with(Relation.With with, Request request) {
    List<PhysicalPlan.CommonTable> tables = new ArrayList<>();
    double cost = 0;
    for (Relation.CommonTable table : with.tables()) {
      PhysicalPlan plan = planner.plan(table.definition(), Request.ALL).plan();
      rows.put(table.id(), rowsOf(plan));
      columns.put(table.id(), table.columns());
      cost += plan.estimate().cost();
      tables.add(new PhysicalPlan.CommonTable(table.id(), table.name(), plan, table.columns()));
    }
    Planned body = planner.plan(with.body(), request);
    Estimate estimate = new Estimate(rowsOf(body.plan()), cost + body.plan().estimate().cost());
    return new Planned(new PhysicalPlan.With(tables, body.plan(), estimate), body.ordered());
  }

  Planned scan(Relation.CommonTableScan scan) {
    double out = rows.getOrDefault(scan.id(), 1.0);
    List<Variable> known = columns.getOrDefault(scan.id(), List.of());
    for (int i = 0; i < scan.output().size() && !known.isEmpty(); i++) {
      estimates.facts().add(scan.output().get(i), known.get(scan.ordinals().get(i)));
    }
    return new Planned(
        new PhysicalPlan.CommonTableScan(
            scan.id(),
            scan.working(),
            scan.name(),
            scan.alias(),
            scan.output(),
            scan.ordinals(),
            new Estimate(out, out * PER_ROW)),
        false);
  }

  Planned recursive(Relation.RecursiveUnion union) {
    PhysicalPlan base = planner.plan(union.base(), Request.ALL).plan();
    rows.put(union.id(), RECURSION * rowsOf(base));
    PhysicalPlan step = planner.plan(union.step(), Request.ALL).plan();
    double out = rowsOf(base) + RECURSION * rowsOf(step);
    double cost = base.estimate().cost() + RECURSION * step.estimate().cost();
    return new Planned(
        new PhysicalPlan.RecursiveUnion(
            union.id(),
            union.distinct(),
            base,
            union.baseColumns(),
            step,
            union.stepColumns(),
            union.output(),
            new Estimate(out, cost + out * PER_ROW)),
        false);
  }

  Planned functions(Relation.FunctionRows functions) {
    return new Planned(
        new PhysicalPlan.FunctionScan(
            functions.calls(),
            functions.ordinality(),
            functions.output(),
            new Estimate(FUNCTION_ROWS, FUNCTION_ROWS * PER_ROW)),
        false);
  }

  Planned live(Relation.LiveRows rows) {
    return new Planned(
        new PhysicalPlan.LiveScan(
            rows.table(), rows.output(), new Estimate(LIVE_ROWS, LIVE_ROWS * PER_ROW)),
        false);
  }

  private static double rowsOf(PhysicalPlan plan) {
    return PhysicalPlanner.rows(plan);
  }

  private static Estimate above(PhysicalPlan input, double rows) {
    return new Estimate(rows, input.estimate().cost() + rowsOf(input) * PER_ROW);
  }
}

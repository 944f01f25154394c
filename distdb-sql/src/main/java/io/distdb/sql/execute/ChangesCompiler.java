// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.sql.plan.PlanExpressions;
import io.distdb.sql.plan.StatementPlan;
import io.distdb.sql.plan.Subplan;
import java.util.ArrayList;
import java.util.List;

/** Compiles WITH that has changes: each of its statements as one of its own. */
final class ChangesCompiler {
  private final PlanCompiler compiler;

  ChangesCompiler(PlanCompiler compiler) {
    this.compiler = compiler;
  }

  Executable compile(StatementPlan.WithChanges with) {
    List<ChangesStatement.Step> steps = new ArrayList<>();
    for (StatementPlan.WithStep step : with.steps()) {
      steps.add(
          step.plan() instanceof StatementPlan.Query query
              ? new ChangesStatement.QueryStep(
                  step.id(),
                  whole(query),
                  new ColumnMapping(query.root().output(), step.columns()),
                  step.columns())
              : new ChangesStatement.ChangeStep(
                  step.id(), (Executable.Change) compiler.statement(step.plan()), step.columns()));
    }
    Executable.Change main =
        with.main() instanceof StatementPlan.Query query
            ? ChangesStatement.select(whole(query), List.of())
            : (Executable.Change) compiler.statement(with.main());
    return new ChangesStatement(steps, main, compiler.tableIds());
  }

  /** A query with its subplans, to be opened within another statement's run. */
  private OperatorFactory whole(StatementPlan.Query query) {
    OperatorFactory root = compiler.node(query.root());
    List<Subplan> subplans = PlanExpressions.subplans(query);
    if (subplans.isEmpty()) {
      return root;
    }
    SubplanProgram[] programs = compiler.programs(subplans);
    return execution -> root.open(execution.with(new SubplanRuns(programs)));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.optimize;

import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.ColumnUpdate;
import io.distdb.sql.logical.BoundStatement.ConflictUpdate;
import io.distdb.sql.logical.BoundStatement.JoinedTarget;
import io.distdb.sql.logical.BoundStatement.OnConflict;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Expressions;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.plan.StatementPlan;
import java.util.List;
import java.util.Optional;

/** Plans INSERT, UPDATE and DELETE. Serves one statement. */
final class ChangePlanner {
  private final PhysicalPlanner planner;

  ChangePlanner(PhysicalPlanner planner) {
    this.planner = planner;
  }

  StatementPlan.Insert insert(BoundStatement.Insert insert) {
    return new StatementPlan.Insert(
        insert.table(),
        insert.target(),
        planner.plan(insert.source()),
        insert.conflict().map(this::conflict),
        insert.returning().map(this::returning));
  }

  private OnConflict conflict(OnConflict conflict) {
    return new OnConflict(
        conflict.arbiters(),
        conflict.excluded(),
        conflict
            .update()
            .map(update ->
                new ConflictUpdate(
                    updates(update.updates()), update.predicate().flatMap(this::condition))));
  }

  StatementPlan.Update update(BoundStatement.Update update) {
    return new StatementPlan.Update(
        target(update.target(), update.from(), update.predicate()),
        updates(update.updates()),
        update.returning().map(this::returning));
  }

  StatementPlan.Delete delete(BoundStatement.Delete delete) {
    return new StatementPlan.Delete(
        target(delete.target(), delete.using(), delete.predicate()),
        delete.returning().map(this::returning));
  }

  StatementPlan.CopyIn copyIn(BoundStatement.CopyIn copy) {
    return new StatementPlan.CopyIn(
        new BoundStatement.CopyIn(
            copy.table(),
            copy.given(),
            copy.fields(),
            copy.target(),
            copy.row().stream().map(planner::plan).toList(),
            copy.predicate().flatMap(this::condition),
            copy.format(),
            copy.file()));
  }

  private StatementPlan.Target target(
      Relation.Scan scan, Optional<JoinedTarget> joined, Optional<Expression> where) {
    Optional<Expression> predicate = where.flatMap(this::condition);
    Optional<UnnestedTarget> unnested =
        joined.isPresent()
            ? Optional.empty()
            : where.flatMap(e -> UnnestedTarget.of(scan, e, planner::rewrite));
    if (unnested.isPresent()) {
      return new StatementPlan.Joined(
          scan.table(),
          scan.output(),
          planner.plan(unnested.get().source()),
          unnested.get().keys(),
          predicate);
    }
    if (joined.isEmpty()) {
      return new StatementPlan.Scanned(planner.planTarget(scan, predicate), predicate);
    }
    return new StatementPlan.Joined(
        scan.table(),
        scan.output(),
        planner.plan(joined.get().source()),
        joined.get().key().size(),
        predicate);
  }

  private List<ColumnUpdate> updates(List<ColumnUpdate> updates) {
    return updates.stream()
        .map(update -> new ColumnUpdate(update.ordinal(), planner.plan(update.value())))
        .toList();
  }

  private Returning returning(Returning returning) {
    return new Returning(
        returning.columns().stream().map(planner::plan).toList(), returning.headings());
  }

  private Optional<Expression> condition(Expression predicate) {
    return Expressions.conjunction(Expressions.conjuncts(planner.plan(predicate)));
  }
}

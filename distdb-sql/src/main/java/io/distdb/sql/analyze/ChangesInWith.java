// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.Query;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.logical.BoundStatement.Plannable;
import io.distdb.sql.logical.BoundStatement.Returning;
import io.distdb.sql.logical.BoundStatement.WithStep;
import io.distdb.sql.logical.Expression;
import io.distdb.sql.logical.Relation;
import io.distdb.sql.logical.Variable;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/**
 * WITH that has INSERT, UPDATE or DELETE (PostgreSQL's documentation, chapter 7.8.4): a sequence of
 * statements, each of which may read what those before it return.
 */
final class ChangesInWith {
  private final StatementContext context;
  private final Function<DataStatement, BoundStatement> changes;
  private final WithClause clause;

  /**
   * @param changes analyzes a change
   */
  ChangesInWith(StatementContext context, Function<DataStatement, BoundStatement> changes) {
    this.context = context;
    this.changes = changes;
    clause = new WithClause(context, Optional.empty(), new QueryAnalyzer(context));
  }

  /**
   * @param main analyzes the statement after WITH
   */
  BoundStatement.WithChanges analyze(Query.With with, Supplier<BoundStatement> main) {
    WithClause.checkNames(with);
    List<WithStep> steps = new ArrayList<>(with.tables().size());
    for (Query.CommonTable table : with.tables()) {
      steps.add(
          table.statement() instanceof DataStatement change
              ? change(table, change)
              : query(with, table));
    }
    return new BoundStatement.WithChanges(steps, (Plannable) main.get());
  }

  private WithStep query(Query.With with, Query.CommonTable table) {
    Relation.CommonTable bound = clause.query(with, table);
    List<String> headings = bound.definition().output().stream().map(Variable::name).toList();
    return new WithStep(
        bound.id(),
        bound.name(),
        new BoundStatement.Query(bound.definition(), headings),
        bound.columns());
  }

  private WithStep change(Query.CommonTable table, DataStatement change) {
    Plannable bound = (Plannable) analyzed(change);
    Optional<Returning> returning = returning(bound);
    List<Variable> columns = new ArrayList<>();
    List<String> own = returning.map(Returning::headings).orElse(List.of());
    List<SqlType> types =
        returning
            .map(list -> list.columns().stream().map(Expression::type).toList())
            .orElse(List.of());
    for (int i = 0; i < types.size(); i++) {
      columns.add(context.newVariable(own.get(i), types.get(i)));
    }
    CommonTables.Entry entry =
        new CommonTables.Entry(
            context.newCommonTableId(), false, table.name().text(), context.recursionDepth());
    if (returning.isPresent()) {
      entry.allow(WithClause.headings(table, own), types);
    } else {
      entry.refuse(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "WITH query \"" + table.name() + "\" does not have a RETURNING clause");
    }
    context.enter(context.commonTables().and(entry));
    return new WithStep(entry.id, entry.name, bound, columns);
  }

  private BoundStatement analyzed(DataStatement change) {
    if (!(change instanceof DataStatement.WithTables own)) {
      return changes.apply(change);
    }
    if (own.with().hasChanges()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "WITH clause containing a data-modifying statement must be at the top level")
          .at(own.with().span().position());
    }
    context.setStatementWith(Optional.of(own.with()));
    try {
      return changes.apply(own.statement());
    } finally {
      context.setStatementWith(Optional.empty());
    }
  }

  private static Optional<Returning> returning(Plannable change) {
    return switch (change) {
      case BoundStatement.Insert insert -> insert.returning();
      case BoundStatement.Update update -> update.returning();
      case BoundStatement.Delete delete -> delete.returning();
      case BoundStatement.Query query -> Optional.empty();
      case BoundStatement.WithChanges with -> Optional.empty();
      case BoundStatement.CopyIn copy -> Optional.empty();
      case BoundStatement.CopyOut copy -> Optional.empty();
    };
  }
}

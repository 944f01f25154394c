// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.analyze.RuleBook;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.define.Definer;
import io.distdb.sql.define.Definitions;
import io.distdb.sql.define.Done;
import io.distdb.sql.logical.BoundStatement;
import java.util.HashSet;

/** Runs what has no plan to run: definitions, EXPLAIN. */
final class DefinitionRun {
  private final LocalSession session;
  private final StatementRun run;
  private final RunningStatement current;

  DefinitionRun(LocalSession session, StatementRun run, RunningStatement current) {
    this.session = session;
    this.run = run;
    this.current = current;
  }

  StatementResult run(PreparedPlan plan) {
    return switch (plan.statement()) {
      case BoundStatement.Explain explain -> explain(explain, plan);
      case BoundStatement.Nothing nothing ->
          new StatementResult.Command(
              nothing.commandTag(),
              StatementResult.Command.NO_COUNT,
              nothing.notices().stream().map(text -> Notice.of(nothing.sqlState(), text)).toList());
      default -> define(plan.statement());
    };
  }

  private static Notice notice(Done.Message message) {
    Notice notice = Notice.of(message.sqlState(), message.text());
    return message.detail().map(notice::withDetail).orElse(notice);
  }

  private StatementResult define(BoundStatement definition) {
    TransactionBlock block = session.block();
    if (block != null && block.hasPendingChecks() && !leavesTables(definition)) {
      throw new DistDbException(
              ErrorCode.DATABASE_IN_USE,
              "cannot change or drop tables because there are pending trigger events")
          .withHint("SET CONSTRAINTS ALL IMMEDIATE checks the deferred constraints.");
    }
    Definer definer =
        new Definer(
            session.database().transactions(),
            run.transaction(),
            current.cancellation(),
            block == null ? new HashSet<>() : block.createdTables(),
            session.searchPath(),
            run.view(),
            session.identity().runner(),
            new DefinitionStatements(run, current));
    Done done = new Definitions(definer).run(definition);
    if (block != null) {
      block.changedSchema();
    }
    return new StatementResult.Command(
        done.tag(), done.rows(), done.messages().stream().map(DefinitionRun::notice).toList());
  }

  /** Whether the tables that were there stay as they are. */
  private static boolean leavesTables(BoundStatement definition) {
    return switch (definition) {
      case BoundStatement.CreateTable create -> true;
      case BoundStatement.RoleDefinition role -> true;
      case BoundStatement.Definition other ->
          other.statement() instanceof SchemaStatement.CreateTableAs
              || other.statement() instanceof SchemaStatement.CreateSequence
              || other.statement() instanceof SchemaStatement.CreateSchema
              || other.statement() instanceof SchemaStatement.CreateView
              || other.statement() instanceof SchemaStatement.Comment;
      default -> false;
    };
  }

  private StatementResult explain(BoundStatement.Explain explain, PreparedPlan plan) {
    ExplainText text =
        new ExplainText(explain, new RuleBook(run.view()), run.transaction(), session);
    return run.listed(plan.columns(), text.lines(() -> run.execution(plan, current)), "EXPLAIN");
  }
}

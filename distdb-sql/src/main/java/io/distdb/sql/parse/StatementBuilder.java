// SPDX-License-Identifier: MIT
package io.distdb.sql.parse;

import io.distdb.sql.ast.ExplainOptions;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.UtilityStatement;
import java.util.Optional;

/** Sends each statement to the builder of its family. */
final class StatementBuilder {
  private final Constants constants;
  private final ExpressionBuilder expressions;
  private final QueryBuilder queries;
  private final DataManipulationBuilder changes;
  private final CopyBuilder copies;
  private final DataDefinitionBuilder definitions;
  private final SourceText source;

  /**
   * @param sql the text that is built from
   */
  StatementBuilder(Constants constants, String sql) {
    this.constants = constants;
    this.expressions = new ExpressionBuilder(constants);
    this.queries = expressions.queries();
    this.changes = new DataManipulationBuilder(expressions, queries);
    this.copies = new CopyBuilder(expressions);
    this.source = new SourceText(sql);
    this.definitions = new DataDefinitionBuilder(expressions, queries, source);
  }

  ExpressionBuilder expressions() {
    return expressions;
  }

  Statement build(DistDbSqlParser.StatementContext context) {
    Statement statement =
        context.explain() != null
            ? explain(context.explain())
            : context.analyze() != null
                ? AnalyzeBuilder.analyze(context.analyze())
                : plain(context.plainStatement());
    constants.checkAllMet();
    return statement;
  }

  private Statement plain(DistDbSqlParser.PlainStatementContext context) {
    return switch (context.getChild(0)) {
      case DistDbSqlParser.QueryContext query -> query(query);
      case DistDbSqlParser.InsertContext insert -> changes.insert(insert);
      case DistDbSqlParser.UpdateContext update -> changes.update(update);
      case DistDbSqlParser.DeleteContext delete -> changes.delete(delete);
      case DistDbSqlParser.CopyContext copy -> copies.build(copy);
      case DistDbSqlParser.DefinitionContext definition -> definitions.build(definition);
      case DistDbSqlParser.CreateDatabaseContext create -> DatabaseBuilder.create(create);
      case DistDbSqlParser.DropDatabaseContext drop -> DatabaseBuilder.drop(drop);
      case DistDbSqlParser.RoleStatementContext role -> RoleBuilder.build(role);
      case DistDbSqlParser.BeginContext begin -> TransactionBuilder.begin(begin);
      case DistDbSqlParser.CommitContext commit -> TransactionBuilder.commit(commit);
      case DistDbSqlParser.RollbackContext rollback -> TransactionBuilder.rollback(rollback);
      case DistDbSqlParser.SavepointContext savepoint -> TransactionBuilder.savepoint(savepoint);
      case DistDbSqlParser.ReleaseSavepointContext release -> TransactionBuilder.release(release);
      case DistDbSqlParser.LockTableContext lock -> LockBuilder.build(lock);
      case DistDbSqlParser.SetStatementContext set -> UtilityBuilder.set(set);
      case DistDbSqlParser.ResetStatementContext reset -> UtilityBuilder.reset(reset);
      case DistDbSqlParser.ShowStatementContext show -> UtilityBuilder.show(show);
      case DistDbSqlParser.PrepareContext prepare ->
          SessionBuilder.prepare(prepare, preparable(prepare.preparable()));
      case DistDbSqlParser.ExecuteContext execute -> SessionBuilder.execute(execute, expressions);
      case DistDbSqlParser.DeallocateContext name -> SessionBuilder.deallocate(name);
      case DistDbSqlParser.DiscardContext discard -> SessionBuilder.discard(discard);
      case DistDbSqlParser.DeclareCursorContext declare ->
          CursorBuilder.declare(
              declare,
              new Statement.QueryStatement(
                  Spans.of(declare.query()), queries.build(declare.query())),
              source.of(declare));
      case DistDbSqlParser.FetchCursorContext fetch -> CursorBuilder.fetch(fetch);
      case DistDbSqlParser.CloseCursorContext close -> CursorBuilder.close(close);
      case DistDbSqlParser.ListenContext listen -> SessionBuilder.listen(listen);
      case DistDbSqlParser.NotifyChannelContext notify -> SessionBuilder.notify(notify);
      case DistDbSqlParser.UnlistenContext unlisten -> SessionBuilder.unlisten(unlisten);
      case DistDbSqlParser.SetConstraintsContext set -> UtilityBuilder.setConstraints(set);
      case DistDbSqlParser.CheckpointContext checkpoint ->
          new UtilityStatement.Checkpoint(Spans.of(checkpoint));
      case DistDbSqlParser.BackupContext backup -> BackupBuilder.build(backup);
      default -> throw Spans.syntaxError(context);
    };
  }

  /** A query, or the table that SELECT INTO makes of it. */
  private Statement query(DistDbSqlParser.QueryContext context) {
    Optional<DistDbSqlParser.SelectContext> into = SelectInto.find(context);
    if (into.isEmpty()) {
      return new Statement.QueryStatement(Spans.of(context), queries.build(context));
    }
    return SelectInto.build(into.get(), Spans.of(context), queries.buildInto(context, into.get()));
  }

  private Statement preparable(DistDbSqlParser.PreparableContext context) {
    return switch (context.getChild(0)) {
      case DistDbSqlParser.QueryContext query ->
          new Statement.QueryStatement(Spans.of(query), queries.build(query));
      case DistDbSqlParser.InsertContext insert -> changes.insert(insert);
      case DistDbSqlParser.UpdateContext update -> changes.update(update);
      case DistDbSqlParser.DeleteContext delete -> changes.delete(delete);
      default -> throw Spans.syntaxError(context);
    };
  }

  private Statement explain(DistDbSqlParser.ExplainContext context) {
    ExplainOptions options = ExplainBuilder.options(context);
    if (context.plainStatement().execute() != null) {
      throw Spans.unsupported("EXPLAIN EXECUTE", context.plainStatement());
    }
    if (context.plainStatement().copy() != null) {
      throw Spans.syntaxError(context.plainStatement());
    }
    return new UtilityStatement.Explain(
        Spans.of(context), plain(context.plainStatement()), options);
  }
}

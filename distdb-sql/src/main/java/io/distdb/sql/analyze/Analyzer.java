// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.DataStatement;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Query;
import io.distdb.sql.ast.RoleStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.ast.TransactionStatement;
import io.distdb.sql.ast.TypeName;
import io.distdb.sql.ast.UtilityStatement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;

/** Gives statements their meaning. Stateless; thread-safe. */
public final class Analyzer {
  private Analyzer() {}

  /**
   * Resolves names and types of {@code statement} against {@code catalog}.
   *
   * @param declaredParameterTypes types of the first parameters; {@code null} elements, and
   *     parameters beyond the list, get their types from where they stand
   * @throws DistDbException everything that is wrong with the statement, with its position
   */
  public static Analyzed analyze(
      Statement statement, CatalogView catalog, List<SqlType> declaredParameterTypes) {
    return analyze(statement, catalog, declaredParameterTypes, NameResolver.DEFAULT_PATH);
  }

  /**
   * As {@link #analyze(Statement, CatalogView, List)}.
   *
   * @param searchPath schemas that names without one are looked for in, in order
   */
  public static Analyzed analyze(
      Statement statement,
      CatalogView catalog,
      List<SqlType> declaredParameterTypes,
      List<String> searchPath) {
    StatementContext context =
        new StatementContext(catalog, new Parameters(declaredParameterTypes), searchPath);
    BoundStatement bound = bind(statement, context);
    return analyzed(bound, context);
  }

  /**
   * The values of EXECUTE as a query of one row.
   *
   * @param types of the parameters that they are for, as many
   * @throws DistDbException {@code DATATYPE_MISMATCH}: a value cannot become what the parameter is
   */
  public static Analyzed analyzeArguments(
      List<Expr> arguments, List<SqlType> types, CatalogView catalog, List<String> searchPath) {
    StatementContext context = new StatementContext(catalog, new Parameters(List.of()), searchPath);
    BoundStatement bound = new ArgumentsAnalyzer(context).analyze(arguments, types);
    return analyzed(bound, context);
  }

  /** The types that PREPARE names; null for {@code unknown}. */
  public static List<SqlType> parameterTypes(List<TypeName> names) {
    List<SqlType> types = new ArrayList<>(names.size());
    for (TypeName name : names) {
      types.add(name.name().equals("unknown") ? null : TypeNames.resolve(name).unmodified());
    }
    return types;
  }

  private static Analyzed analyzed(BoundStatement bound, StatementContext context) {
    return new Analyzed(bound, context.parameters().settledTypes(), context.demands().all());
  }

  private static BoundStatement bind(Statement statement, StatementContext context) {
    return switch (statement) {
      case Statement.QueryStatement query -> query(query.query(), context);
      case DataStatement.Insert insert -> new InsertAnalyzer(context).analyze(insert);
      case DataStatement.Update update -> new UpdateAnalyzer(context).analyze(update);
      case DataStatement.Delete delete -> new DeleteAnalyzer(context).analyze(delete);
      case DataStatement.WithTables with -> {
        if (with.with().hasChanges()) {
          yield changes(with.with(), () -> bind(with.statement(), context), context);
        }
        context.setStatementWith(Optional.of(with.with()));
        yield bind(with.statement(), context);
      }
      case CopyStatement copy -> new CopyAnalyzer(context).analyze(copy);
      case SchemaStatement schema -> new SchemaAnalyzer(context).analyze(schema);
      case RoleStatement role -> new BoundStatement.RoleDefinition(role);
      case DatabaseStatement database -> new BoundStatement.DatabaseDefinition(database);
      case TransactionStatement transaction -> transaction(transaction);
      case SessionStatement session -> new BoundStatement.SessionCommand(session);
      case UtilityStatement utility -> utility(utility, context);
    };
  }

  private static BoundStatement query(Query query, StatementContext context) {
    boolean changes = query.with().isPresent() && query.with().get().hasChanges();
    return changes
        ? changes(
            query.with().get(),
            () -> new QueryAnalyzer(context).analyze(query.withoutWith()),
            context)
        : new QueryAnalyzer(context).analyze(query);
  }

  private static BoundStatement changes(
      Query.With with, Supplier<BoundStatement> main, StatementContext context) {
    return new ChangesInWith(context, change -> bind(change, context)).analyze(with, main);
  }

  private static BoundStatement transaction(TransactionStatement statement) {
    return switch (statement) {
      case TransactionStatement.Begin begin ->
          new BoundStatement.Begin(
              begin.modes().isolation(), begin.modes().readOnly(), begin.start());
      case TransactionStatement.Commit commit -> new BoundStatement.Commit(commit.chain());
      case TransactionStatement.Rollback rollback -> new BoundStatement.Rollback(rollback.chain());
      case TransactionStatement.Savepoint savepoint ->
          new BoundStatement.SavepointStatement(savepoint.name().text());
      case TransactionStatement.RollbackTo rollback ->
          new BoundStatement.RollbackTo(rollback.name().text());
      case TransactionStatement.Release release ->
          new BoundStatement.ReleaseSavepoint(release.name().text());
      case TransactionStatement.SetTransaction set ->
          new BoundStatement.SetTransaction(set.modes().isolation(), set.modes().readOnly());
      case TransactionStatement.SetSnapshot set -> new BoundStatement.SetSnapshot(set.name());
    };
  }

  private static BoundStatement utility(UtilityStatement statement, StatementContext context) {
    return switch (statement) {
      case UtilityStatement.Explain explain -> {
        if (bind(explain.statement(), context) instanceof BoundStatement.Plannable plannable) {
          if (plannable instanceof BoundStatement.WithChanges) {
            throw new DistDbException(
                    ErrorCode.FEATURE_NOT_SUPPORTED,
                    "EXPLAIN of INSERT, UPDATE and DELETE within WITH is not supported yet")
                .at(explain.span().position());
          }
          yield new BoundStatement.Explain(plannable, explain.options());
        }
        throw new DistDbException(
                ErrorCode.SYNTAX_ERROR, "EXPLAIN is for SELECT, VALUES, INSERT, UPDATE and DELETE")
            .at(explain.statement().span().position());
      }
      case UtilityStatement.Empty empty -> new BoundStatement.Empty();
      case UtilityStatement.SetSetting set ->
          new BoundStatement.SetSetting(set.name(), set.value(), set.local());
      case UtilityStatement.ResetSetting reset -> new BoundStatement.ResetSetting(reset.name());
      case UtilityStatement.SetCharacteristics set ->
          new BoundStatement.SetCharacteristics(set.modes().isolation(), set.modes().readOnly());
      case UtilityStatement.SetConstraints set ->
          new BoundStatement.SetConstraints(set.constraints(), set.deferred());
      case UtilityStatement.LockTable lock ->
          new BoundStatement.LockTable(lock.tables(), lock.strength(), lock.waits());
      case UtilityStatement.ShowSetting show -> new BoundStatement.ShowSetting(show.name());
      case UtilityStatement.Checkpoint checkpoint -> new BoundStatement.Checkpoint();
      case UtilityStatement.Backup backup ->
          new BoundStatement.Backup(backup.directory(), backup.parent(), backup.compression());
    };
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.analyze.Analyzer;
import io.distdb.sql.ast.Name;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.function.SessionControl;
import io.distdb.sql.logical.BoundStatement;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * PREPARE, EXECUTE, DEALLOCATE and DISCARD in one session, and its statements with names: those of
 * PREPARE and those of the protocol's Parse. Used by its thread.
 */
final class NamedStatements implements ServerStatements {
  private final LocalSession session;
  private final Map<String, NamedStatement> statements = new HashMap<>();

  NamedStatements(LocalSession session) {
    this.session = session;
  }

  /**
   * @param arguments parameters of EXECUTE itself
   */
  StatementResult run(SessionStatement statement, CachedStatement cached, Arguments arguments) {
    if (session.block() != null) {
      session.block().checkNotFailed();
    }
    return switch (statement) {
      case SessionStatement.Prepare prepare -> prepare(prepare);
      case SessionStatement.Execute execute -> execute(execute, cached, arguments);
      case SessionStatement.Deallocate deallocate -> deallocate(deallocate);
      case SessionStatement.Discard discard -> discard(discard.what());
      case SessionStatement.OfCursor cursor -> session.cursors().run(cursor);
      case SessionStatement.OfChannel channel -> session.channels().run(channel);
    };
  }

  /** What a client learns of the statement before it runs. */
  PreparedPlan bind(SessionStatement statement, CachedStatement cached) {
    BoundStatement bound = new BoundStatement.SessionCommand(statement);
    if (statement instanceof SessionStatement.OfCursor cursor) {
      return plan(bound, List.of(), session.cursors().columns(cursor));
    }
    if (!(statement instanceof SessionStatement.Execute execute)) {
      return plan(bound, List.of(), List.of());
    }
    NamedStatement named = require(execute.name());
    named.check(execute);
    PreparedPlan arguments =
        session.binder().inShortRun(cached, run -> named.arguments(cached, run));
    return plan(bound, arguments.parameterTypes(), named.columns());
  }

  // --- the protocol's ---

  @Override
  public ServerPrepared prepare(String name, String sql, List<SqlType> declaredTypes) {
    LocalPrepared prepared = session.binder().prepare(sql, declaredTypes);
    checkFree(name);
    add(name, prepared, false);
    return prepared;
  }

  @Override
  public Optional<ServerPrepared> find(String name) {
    return Optional.ofNullable(statements.get(name)).map(NamedStatement::prepared);
  }

  @Override
  public void forget(String name) {
    NamedStatement named = statements.remove(name);
    if (named != null) {
      named.prepared().close();
    }
  }

  // --- SQL's ---

  private static PreparedPlan plan(
      BoundStatement bound, List<SqlType> parameterTypes, List<ResultColumn> columns) {
    return new PreparedPlan(
        0,
        bound,
        parameterTypes,
        columns,
        Optional.empty(),
        PlanBasis.NONE,
        new PreparedPlan.UseCount(),
        Permission.NONE);
  }

  private StatementResult prepare(SessionStatement.Prepare prepare) {
    String name = prepare.name().text();
    checkFree(name);
    CachedStatement declared =
        new CachedStatement(prepare.statement(), Analyzer.parameterTypes(prepare.parameterTypes()));
    PreparedPlan plan = session.binder().inShortRun(declared, StatementRun::plan);
    List<SqlType> types = List.copyOf(plan.parameterTypes());
    CachedStatement statement = new CachedStatement(prepare.statement(), types);
    String text = session.activity().text();
    statement.keyed(text);
    add(name, new LocalPrepared(session, text, statement, types, plan.columns()), true);
    return done("PREPARE");
  }

  private void checkFree(String name) {
    if (statements.containsKey(name)) {
      throw new DistDbException(
          ErrorCode.DUPLICATE_PREPARED_STATEMENT,
          "prepared statement \"" + name + "\" already exists");
    }
  }

  private void add(String name, LocalPrepared prepared, boolean fromSql) {
    long now = session.database().clock().wallMicros();
    statements.put(name, new NamedStatement(prepared, fromSql, now));
  }

  private NamedStatement require(Name name) {
    NamedStatement named = statements.get(name.text());
    if (named == null) {
      throw new DistDbException(
          ErrorCode.INVALID_STATEMENT_NAME, "prepared statement \"" + name + "\" does not exist");
    }
    return named;
  }

  private StatementResult execute(
      SessionStatement.Execute execute, CachedStatement cached, Arguments arguments) {
    NamedStatement named = require(execute.name());
    named.check(execute);
    StatementResult result =
        session.run(named.statement(), new Arguments.Call(named, cached, arguments));
    named.prepared().count();
    return result instanceof StatementResult.Command command && command.isEmpty()
        ? done("EXECUTE")
        : result;
  }

  private StatementResult deallocate(SessionStatement.Deallocate deallocate) {
    if (deallocate.name().isEmpty()) {
      reset();
      return done("DEALLOCATE ALL");
    }
    require(deallocate.name().get());
    forget(deallocate.name().get().text());
    return done("DEALLOCATE");
  }

  private StatementResult discard(SessionStatement.Discarded what) {
    switch (what) {
      case ALL -> {
        session.control().blocks().requireNone("DISCARD ALL");
        session.reset();
        session.binder().pathPlans().clear();
      }
      case PLANS -> session.binder().pathPlans().clear();
      case SEQUENCES -> session.environment().sequences().forget();
      case TEMP -> session.temporary().drop(session);
    }
    return done("DISCARD " + what);
  }

  /** Forgets all. */
  void reset() {
    if (!statements.isEmpty()) {
      statements.values().forEach(named -> named.prepared().close());
      statements.clear();
    }
  }

  /** All of them, as {@code pg_prepared_statements} shows them. */
  List<SessionControl.NamedPlan> rows() {
    List<SessionControl.NamedPlan> rows = new ArrayList<>(statements.size());
    statements.forEach((name, named) -> rows.add(named.facts(name)));
    return rows;
  }

  private static StatementResult done(String tag) {
    return StatementResult.Command.of(tag, Optional.empty());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.access.Demand;
import io.distdb.sql.access.Securable;
import io.distdb.sql.analyze.Analyzed;
import io.distdb.sql.analyze.Analyzer;
import io.distdb.sql.analyze.NameResolver;
import io.distdb.sql.ast.Expr;
import io.distdb.sql.ast.Statement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.execute.Executable;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.QueryMemory;
import io.distdb.sql.execute.ReturnedRows;
import io.distdb.sql.execute.RowSource;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * One attempt to run a query, a change, a definition or EXPLAIN within one transaction, whose
 * statement has begun.
 */
final class StatementRun {
  /** Says what happens when a streaming result ends. */
  interface EndOfRows {
    CursorRows.End of(StatementRun run, RunningStatement current);
  }

  private final LocalSession session;
  private final Database database;
  private final CachedStatement statement;
  private final Arguments arguments;
  private final Transaction transaction;
  private CursorRows rows;
  private CatalogView ownView;
  private boolean streaming;

  StatementRun(
      LocalSession session,
      CachedStatement statement,
      Arguments arguments,
      Transaction transaction) {
    this.session = session;
    this.statement = statement;
    this.arguments = arguments;
    this.transaction = transaction;
    database = session.database();
    session.environment().within(this);
    session.identity().settle(transaction);
  }

  Transaction transaction() {
    return transaction;
  }

  /** The rows that were handed out, or null. */
  CursorRows rows() {
    return rows;
  }

  /** Whether rows were handed out that still read in the transaction. */
  boolean isStreaming() {
    return streaming;
  }

  /** A plan for the schema that the transaction sees. */
  PreparedPlan plan() {
    TransactionBlock block = session.block();
    if (block != null && block.schemaChanged()) {
      return block.ownPlans().computeIfAbsent(statement, key -> plan(key, block.ownView()));
    }
    long version = transaction.schemaVersion();
    if (!session.searchPath().equals(NameResolver.DEFAULT_PATH)) {
      return session.binder().pathPlans().find(statement, version, this);
    }
    PreparedPlan plan = statement.plan();
    if (plan != null
        && plan.schemaVersion() == version
        && !plan.basis().ofValues()
        && !(plan.uses().isDue() && StatementPlanner.outgrown(plan, transaction))) {
      return plan;
    }
    PreparedPlan fresh = planForValues(database.catalog().view(transaction));
    statement.keep(fresh);
    return fresh;
  }

  /** A plan for this run's values, or, when it may serve all of them, for any. */
  private PreparedPlan planForValues(CatalogView view) {
    Analyzed analyzed = analyze(statement, view);
    Optional<Value[]> values =
        arguments.forPlanning(analyzed.parameterTypes(), session.environment());
    PreparedPlan fresh = plan(analyzed, view, values);
    if (fresh.basis().ofValues()
        && statement.customPlans().isTried(fresh.schemaVersion(), fresh.basis())) {
      PreparedPlan general = plan(analyzed, view, Optional.empty());
      return statement.customPlans().prefers(general.basis()) ? general : fresh;
    }
    return fresh;
  }

  /** Names mean what they mean in {@code view} now: a definition has changed it. */
  void see(CatalogView view) {
    ownView = view;
  }

  /** The definitions that the transaction sees. */
  CatalogView view() {
    if (ownView != null) {
      return ownView;
    }
    TransactionBlock block = session.block();
    return block != null && block.schemaChanged()
        ? block.ownView()
        : database.catalog().view(transaction);
  }

  PreparedPlan plan(CachedStatement planned, CatalogView view) {
    return plan(analyze(planned, view), view, Optional.empty());
  }

  private Analyzed analyze(CachedStatement planned, CatalogView view) {
    return Analyzer.analyze(planned.ast(), view, planned.declaredTypes(), session.searchPath());
  }

  PreparedPlan plan(Statement ast, CatalogView view) {
    return plan(
        Analyzer.analyze(ast, view, List.of(), session.searchPath()), view, Optional.empty());
  }

  private PreparedPlan plan(Analyzed analyzed, CatalogView view, Optional<Value[]> values) {
    return StatementPlanner.plan(
        analyzed, view, transaction, database.options().planning(), values);
  }

  /** The values of EXECUTE as a query of one row. */
  PreparedPlan planArguments(List<Expr> arguments, List<SqlType> types) {
    CatalogView view = view();
    return plan(
        Analyzer.analyzeArguments(arguments, types, view, session.searchPath()),
        view,
        Optional.empty());
  }

  StatementResult execute(RunningStatement current, EndOfRows endOfRows) {
    PreparedPlan plan = plan();
    requirePermission(plan);
    if (transaction.readOnly() && statement.isChange()) {
      ReadOnly.refuse(statement.ast());
    }
    if (plan.executable().isEmpty()) {
      if (arguments instanceof Arguments.Batch batch) {
        batch.values(plan.parameterTypes(), session.environment());
      }
      return new DefinitionRun(session, this, current).run(plan);
    }
    Executable executable = plan.executable().get();
    if (session.block() == null) {
      executable.lockTables(transaction, plan.schemaVersion());
    } else {
      plan = lockInBlock(plan);
      executable = plan.executable().orElseThrow();
    }
    if (arguments instanceof Arguments.Batch batch
        && executable instanceof Executable.Change change
        && !change.returnsRows()) {
      return batch(change, plan, batch, current);
    }
    Execution execution = execution(plan, current);
    return switch (executable) {
      case Executable.Change change -> changed(change, plan, execution);
      case Executable.Query query -> query(query, plan, execution, current, endOfRows);
    };
  }

  /** Looks only where there may be something to find: nothing for a superuser. */
  void requirePermission(PreparedPlan plan) {
    SessionIdentity identity = session.identity();
    Permission permission = plan.permission();
    if (!(identity.isSuperuser() && permission.isOfRunner())
        && !permission.isAdmitted(identity.runner().current())) {
      identity.require(permission, view());
    }
  }

  /** Checks what a function wants with a sequence: any of {@code privileges}, as bits. */
  void requireSequence(Sequence sequence, int privileges) {
    SessionIdentity identity = session.identity();
    if (!identity.isSuperuser()) {
      Demand demand =
          new Demand.OnObject(
              Securable.SEQUENCE,
              sequence.id(),
              sequence.name(),
              privileges,
              false,
              Set.of(),
              Demand.RUNNER);
      view().authority().require(identity.runner().current(), List.of(demand));
    }
  }

  private StatementResult changed(
      Executable.Change change, PreparedPlan plan, Execution execution) {
    if (!change.returnsRows()) {
      return counted(change, change.run(execution, null));
    }
    ReturnedRows returned = new ReturnedRows();
    StatementResult.Command done = returning(change, execution, returned);
    CursorRows.End end =
        returned.isOnDisk() ? new RowEnds.OnDisk(session, this) : CursorRows.NOTHING_ENDS;
    rows = new CursorRows(plan.columns(), returned, session.environment(), end);
    if (returned.isOnDisk()) {
      session.runner().keep(rows);
    }
    return change.tag().equals("SELECT")
        ? new StatementResult.Rows(rows)
        : new StatementResult.Rows(rows, done);
  }

  private StatementResult.Command counted(Executable.Change change, long rows) {
    session.activity().counts().changed(change.tag(), rows);
    return new StatementResult.Command(change.tag(), rows);
  }

  private StatementResult.Command returning(
      Executable.Change change, Execution execution, ReturnedRows returned) {
    boolean done = false;
    try {
      long count = change.run(execution, returned);
      done = true;
      return counted(change, count);
    } finally {
      if (!done) {
        returned.close();
      }
    }
  }

  /** Runs a change once for each of {@code batch}, as one statement. */
  private StatementResult batch(
      Executable.Change change,
      PreparedPlan plan,
      Arguments.Batch batch,
      RunningStatement current) {
    Iterator<Value[]> runs = batch.runs().iterator();
    Iterator<Execution> executions =
        new Iterator<>() {
          @Override
          public boolean hasNext() {
            return runs.hasNext();
          }

          @Override
          public Execution next() {
            return execution(plan, new Arguments.Given(runs.next()), current);
          }
        };
    return counted(change, change.runEach(() -> executions));
  }

  SessionEnvironment environment() {
    return session.environment();
  }

  SessionSettings settings() {
    return session.settings();
  }

  List<String> searchPath() {
    return session.searchPath();
  }

  Execution execution(PreparedPlan plan, RunningStatement current) {
    return execution(plan, arguments, current);
  }

  Execution execution(PreparedPlan plan, Arguments given, RunningStatement current) {
    SessionEnvironment environment = session.environment();
    environment.sequences().within(this);
    Value[] values =
        given instanceof Arguments.Call call
            ? call.statement().values(call, this, plan, current)
            : given.values(plan.parameterTypes(), environment);
    return new Execution(
        transaction,
        values,
        current.cancellation(),
        database.rowIds(),
        environment,
        new QueryMemory(session.settings().values().queryMemoryBytes(), current.spill()),
        session.runner().kept(),
        session.streams(),
        session.block() == null ? null : session.block().deferred());
  }

  /**
   * Locks tables for the first time in a block. A plan that turns out stale then is made again in
   * READ COMMITTED, which a savepoint makes possible; the stricter levels end with 40001.
   */
  private PreparedPlan lockInBlock(PreparedPlan plan) {
    TransactionBlock block = session.block();
    PreparedPlan current = plan;
    while (!block.lockedTables().containsAll(current.executable().orElseThrow().tables())) {
      Executable executable = current.executable().orElseThrow();
      boolean locks =
          executable.locksTables() || transaction.isolation() == IsolationLevel.SERIALIZABLE;
      if (!locks || transaction.readOnly()) {
        break;
      }
      Savepoint before = transaction.savepoint();
      try {
        executable.lockTables(transaction, current.schemaVersion());
        block.lockedTables().addAll(executable.tables());
      } catch (DistDbException stale) {
        if (stale.code() != ErrorCode.SERIALIZATION_FAILURE
            || transaction.isolation() == IsolationLevel.REPEATABLE_READ) {
          throw stale;
        }
        transaction.rollbackTo(before);
        transaction.beginStatement();
        PreparedPlan fresh = plan();
        if (fresh.schemaVersion() == current.schemaVersion()) {
          // Not stale: the locks of the transaction are lost, and no other plan brings them back.
          throw stale;
        }
        requirePermission(fresh);
        current = fresh;
      }
    }
    return current;
  }

  /** Rows that were read already. */
  StatementResult.Rows listed(List<ResultColumn> columns, List<String> lines, String tag) {
    rows =
        new CursorRows(
            columns, new ListRows(lines), session.environment(), CursorRows.NOTHING_ENDS);
    return new StatementResult.Rows(rows, tag);
  }

  /** The same in another transaction. */
  StatementRun again(Transaction another) {
    return new StatementRun(session, statement, arguments, another);
  }

  CachedStatement statement() {
    return statement;
  }

  /**
   * The rows of a query, for who has been told of {@code columns} by an earlier attempt.
   *
   * @return null: they are others by now
   */
  RowSource rowsAgain(List<ResultColumn> columns, RunningStatement current) {
    PreparedPlan plan = plan();
    requirePermission(plan);
    if (plan.columns().equals(columns)
        && plan.executable().orElse(null) instanceof Executable.Query query) {
      query.lockTables(transaction, plan.schemaVersion());
      return query.open(execution(plan, current));
    }
    return null;
  }

  private StatementResult query(
      Executable.Query query,
      PreparedPlan plan,
      Execution execution,
      RunningStatement current,
      EndOfRows endOfRows) {
    RowSource source = query.open(execution);
    if (query.isPoint()) {
      rows = new CursorRows(plan.columns(), source, session.environment(), CursorRows.NOTHING_ENDS);
    } else {
      streaming = true;
      current.handOn();
      rows =
          new CursorRows(
              plan.columns(), source, session.environment(), endOfRows.of(this, current));
      session.runner().opened(rows);
    }
    return new StatementResult.Rows(rows);
  }
}

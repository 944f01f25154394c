// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.access.Role;
import io.distdb.sql.activity.SessionRow;
import io.distdb.sql.ast.CopyStatement;
import io.distdb.sql.ast.SchemaStatement;
import io.distdb.sql.ast.SessionStatement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.execute.Cancellation;
import io.distdb.sql.execute.CopyClient;
import io.distdb.sql.execute.CopyStreams;
import io.distdb.sql.execute.Execution;
import io.distdb.sql.execute.KeptRuns;
import io.distdb.sql.execute.QueryMemory;
import io.distdb.sql.setting.SettingValues;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/**
 * A session in the caller's thread.
 *
 * <p>Design: {@link #execute} scans the text for its fingerprint; a statement of known shape goes
 * on with the cached one and the literals as arguments, any other is parsed and cached. Then {@link
 * StatementRun} finds a plan for the snapshot's schema version and runs it. Outside a block the
 * loop here gives each attempt a transaction of its own.
 */
final class LocalSession implements ServerSession {
  private final Database database;
  private final SessionSettings settings;
  private final SessionIdentity identity;
  private final StatementFinder finder;
  private final TransactionControl control;
  private final SessionEnvironment environment;
  private final CurrentStatement current;
  private final List<CursorRows> openRows = new ArrayList<>();
  private final KeptRuns kept = new KeptRuns();
  private final StatementRun.EndOfRows endOfRowsAlone =
      (run, running) -> new RowEnds.Alone(this, run, running);
  private final StatementRun.EndOfRows endOfRowsInBlock =
      (run, running) -> new RowEnds.InBlock(this, run, running, block());
  private final PathPlans pathPlans = new PathPlans();
  private final NamedStatements named = new NamedStatements(this);
  private final TemporaryObjects temporary;
  private TransactionBlock block;
  private CopyStreams streams = CopyStreams.NONE;
  private final int processId;
  private final SessionHold hold;
  private final Cursors cursors = new Cursors(this);
  private final Channels channels = new Channels(this);
  private final SessionActivity activity;
  private final SessionActions actions = new SessionActions(this);
  private boolean closed;

  /**
   * @param login whose session it is
   */
  LocalSession(Database database, Role login) {
    this.database = database;
    processId = database.databases().sessions().newProcessId();
    hold = new SessionHold(this, database.scheduler());
    settings = new SessionSettings(database.initialSettings(), login);
    identity = new SessionIdentity(this, login);
    activity = new SessionActivity(this, database.clock());
    finder = new StatementFinder(database.plans());
    long number = database.nextSessionNumber();
    temporary = new TemporaryObjects(number);
    environment =
        new SessionEnvironment(
            this,
            settings,
            database.clock(),
            new SessionSequences(database.sequences()),
            database.transactions(),
            number);
    control = new TransactionControl(this, database.transactions(), settings);
    current = new CurrentStatement(database.scheduler(), database.clock(), database.spill());
  }

  @Override
  public int processId() {
    return processId;
  }

  SessionActions actions() {
    return actions;
  }

  SessionActivity activity() {
    return activity;
  }

  SessionHold hold() {
    return hold;
  }

  Database database() {
    return database;
  }

  KeptRuns kept() {
    return kept;
  }

  /** Plans for a search path that is not everyone's. */
  PathPlans pathPlans() {
    return pathPlans;
  }

  /** Schemas that names without one are looked for in, in order. */
  List<String> searchPath() {
    return temporary.path(identity.path());
  }

  long queryMemoryBytes() {
    return settings.values().queryMemoryBytes();
  }

  /** The transaction block, or null. */
  TransactionBlock block() {
    return block;
  }

  TemporaryObjects temporary() {
    return temporary;
  }

  TransactionControl control() {
    return control;
  }

  SessionIdentity identity() {
    return identity;
  }

  SessionSettings settings() {
    return settings;
  }

  @Override
  public SessionEnvironment environment() {
    return environment;
  }

  void setBlock(TransactionBlock newBlock) {
    block = newBlock;
    environment.beginTransaction();
    long now = environment.nowMicros();
    if (newBlock != null) {
      newBlock.startedAt(now);
    }
  }

  @Override
  public void start(Map<String, String> initial) {
    settings.start(initial);
  }

  @Override
  public String setting(String name) {
    return environment.setting(name);
  }

  @Override
  public List<ReportedSetting> takeReported() {
    return settings.takeReported();
  }

  @Override
  public void connectedFrom(InetSocketAddress client) {
    activity.client(
        client == null
            ? new SessionRow.Client(null, -1)
            : new SessionRow.Client(client.getAddress().getHostAddress(), client.getPort()));
  }

  @Override
  public TransactionStatus transactionStatus() {
    if (block == null || block.kind() != BlockKind.EXPLICIT) {
      return TransactionStatus.IDLE;
    }
    return block.failed() ? TransactionStatus.FAILED : TransactionStatus.IN_TRANSACTION;
  }

  @Override
  public void beginImplicit() {
    checkOpen();
    control.blocks().beginImplicit(BlockKind.MESSAGE);
  }

  @Override
  public void beginPipeline() {
    checkOpen();
    control.blocks().beginImplicit(BlockKind.PIPELINE);
  }

  @Override
  public void endImplicit() {
    try {
      control.blocks().endImplicit();
    } catch (RuntimeException | Error failure) {
      throw explained(failure);
    }
  }

  @Override
  public StatementResult execute(String sql) {
    checkOpen();
    activity.text(sql);
    CachedStatement statement;
    try {
      statement = finder.find(sql, true);
    } catch (RuntimeException | Error unparsed) {
      throw failed(unparsed);
    }
    return run(statement, finder.arguments());
  }

  @Override
  public long copyIn(String sql, InputStream data) {
    return copy(sql, CopyStreams.of(data));
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return copy(sql, CopyStreams.of(target));
  }

  private long copy(String sql, CopyStreams given) {
    checkOpen();
    activity.text(sql);
    CachedStatement statement;
    try {
      statement = finder.find(sql, false);
      if (!(statement.ast() instanceof CopyStatement copy) || copy.file().isPresent()) {
        throw new DistDbException(
            ErrorCode.WRONG_OBJECT_TYPE, "the statement is not a COPY of STDIN or STDOUT");
      }
    } catch (RuntimeException | Error failure) {
      throw failed(failure);
    }
    CopyStreams others = streams;
    streams = given;
    try {
      return ((StatementResult.Command) run(statement, Arguments.Given.NONE)).rows();
    } finally {
      streams = others;
    }
  }

  @Override
  public void copyWith(CopyClient client) {
    streams = CopyStreams.of(client);
  }

  /** What COPY reads and writes. */
  CopyStreams streams() {
    return streams;
  }

  @Override
  public Prepared prepare(String sql, List<SqlType> declaredTypes) {
    checkOpen();
    try {
      activity.text(sql);
      CachedStatement statement = finder.find(sql, false).declared(declaredTypes);
      if (block != null && !statement.isTransactionExit() && !statement.isEmpty()) {
        checkNotFailed();
      }
      PreparedPlan plan = bind(statement);
      return new LocalPrepared(this, sql, statement, plan.parameterTypes(), plan.columns());
    } catch (RuntimeException | Error failure) {
      throw failed(failure);
    }
  }

  /** What {@code ask} says of the statement at the present schema, without running it. */
  PreparedPlan inShortRun(CachedStatement statement, Function<StatementRun, PreparedPlan> ask) {
    if (block != null) {
      checkNotFailed();
      settle();
      block.transaction().beginStatement();
      return ask.apply(
          new StatementRun(this, statement, Arguments.Given.NONE, block.transaction()));
    }
    try (Transaction transaction =
        database.transactions().begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
      return ask.apply(new StatementRun(this, statement, Arguments.Given.NONE, transaction));
    }
  }

  private PreparedPlan bind(CachedStatement statement) {
    if (statement.temporary() != null) {
      temporary.enable();
    }
    if (statement.ast() instanceof SessionStatement own) {
      return named.bind(own, statement);
    }
    return statement.isControl()
        ? control.bind(statement)
        : inShortRun(statement, StatementRun::plan);
  }

  /** Runs a statement, whoever parsed it. */
  StatementResult run(CachedStatement statement, Arguments arguments) {
    checkOpen();
    streams.renew();
    long began = activity.begin();
    StatementResult result = null;
    try {
      result = actions.told(runUnwatched(statement, arguments));
      return result;
    } catch (RuntimeException | Error failure) {
      throw failed(failure);
    } finally {
      activity.end(statement, arguments, began, result, result == null ? null : streaming(result));
    }
  }

  private RunningStatement streaming(StatementResult result) {
    return result instanceof StatementResult.Rows ? current.streaming() : null;
  }

  private StatementResult runUnwatched(CachedStatement statement, Arguments arguments) {
    if (statement.isControl()) {
      return statement.ast() instanceof SessionStatement own
          ? named.run(own, statement, arguments)
          : control.run(statement);
    }
    if (statement.temporary() != null) {
      return runTemporary(statement, arguments);
    }
    if (statement.isVacuum()) {
      control.blocks().requireNone("VACUUM");
    }
    if (block == null && temporary.hasEndings() && statement.isChange()) {
      return control.blocks().inOwnBlock(() -> runInBlock(statement, arguments));
    }
    return block == null ? runAlone(statement, arguments) : runInBlock(statement, arguments);
  }

  /** Creates a table of this session alone. */
  private StatementResult runTemporary(CachedStatement statement, Arguments arguments) {
    temporary.enable();
    if (block == null) {
      return control.blocks().inOwnBlock(() -> runTemporary(statement, arguments));
    }
    StatementResult result = runInBlock(statement, arguments);
    temporary.created((SchemaStatement) statement.ast(), statement.temporary());
    return result;
  }

  /** The definitions that the block sees. */
  CatalogView blockView() {
    return block.schemaChanged() ? block.ownView() : database.catalog().view(block.transaction());
  }

  /** To check deferred constraints of the block in. */
  Execution checkingExecution() {
    return new Execution(
        block.transaction(),
        new Value[0],
        new Cancellation(database.scheduler(), database.clock()),
        database.rowIds(),
        environment,
        new QueryMemory(queryMemoryBytes()),
        kept,
        CopyStreams.NONE);
  }

  @Override
  public void fail() {
    if (block != null) {
      block.fail();
      actions.advisory().failed();
    }
  }

  /** Whatever it was: what it did within a block must not be committed. */
  private DistDbException failed(Throwable failure) {
    fail();
    DistDbException error = explained(failure);
    database.databases().statementMetrics().error(error.code());
    return error;
  }

  /** A statement that was cancelled because the database closes says so. */
  DistDbException explained(Throwable failure) {
    DistDbException error = StatementFault.of(failure);
    if (error.code() == ErrorCode.QUERY_CANCELED && hold.termination() != null) {
      return hold.termination().error();
    }
    return error.code() == ErrorCode.QUERY_CANCELED && database.isClosed()
        ? Database.closing(error)
        : error;
  }

  // --- outside a block ---

  private StatementResult runAlone(CachedStatement statement, Arguments arguments) {
    TransactionOptions options = options(statement);
    environment.beginTransaction();
    RunningStatement running = start();
    boolean handedOn = false;
    boolean done = false;
    try {
      while (true) {
        Transaction transaction = database.transactions().begin(options);
        boolean retry = false;
        try {
          running.within(transaction);
          StatementRun run = new StatementRun(this, statement, arguments, transaction);
          StatementResult result = run.execute(running, endOfRowsAlone);
          handedOn = run.isStreaming();
          if (!handedOn) {
            commitAlone(transaction);
          }
          done = true;
          return result;
        } catch (DistDbException failure) {
          if (!isRetried(failure) || streams.isUsed() || actions.advisory().isLasting()) {
            throw failure;
          }
          running.cancellation().check();
          retry = true;
        } finally {
          if (retry || !handedOn) {
            transaction.rollback();
            channels.rolledBack();
            actions.advisory().endTransaction();
          }
        }
      }
    } finally {
      if (!handedOn) {
        current.end(running);
        environment.endAlone(done);
      }
    }
  }

  /** Commits what a statement outside of a block did. */
  void commitAlone(Transaction transaction) {
    channels.beforeCommit();
    StatementFault.commit(transaction);
    actions.advisory().endTransaction();
    channels.committed();
  }

  private static boolean isRetried(DistDbException failure) {
    return failure.code() == ErrorCode.SERIALIZATION_FAILURE
        || failure.code() == ErrorCode.DEADLOCK_DETECTED;
  }

  private TransactionOptions options(CachedStatement statement) {
    // A definition must see what its lock waited for: READ COMMITTED whatever the default.
    IsolationLevel isolation =
        statement.isDefinition() ? IsolationLevel.READ_COMMITTED : settings.values().isolation();
    return control.options(isolation);
  }

  private RunningStatement start() {
    environment.beginStatement();
    return current.start(settings.values().statementTimeoutNanos());
  }

  /** Runs what needs no transaction, so that it can be cancelled and times out. */
  StatementResult cancellable(Function<RunningStatement, StatementResult> body) {
    RunningStatement running = start();
    try {
      return body.apply(running);
    } finally {
      current.end(running);
    }
  }

  /** The rows of a statement outside of a block were read, closed or given up. */
  void ended(CursorRows rows, RunningStatement running, boolean succeeded) {
    current.endStreaming(running);
    activity.endStreaming(running);
    environment.endAlone(succeeded);
    openRows.remove(rows);
  }

  /** The rows of a statement within a block were read, closed or given up. */
  void endedInBlock(RunningStatement running) {
    current.endStreaming(running);
    activity.endStreaming(running);
  }

  /** Remembers rows that are read already, to close them with the session. */
  void keep(CursorRows rows) {
    openRows.add(rows);
  }

  void forget(CursorRows rows) {
    openRows.remove(rows);
  }

  /** Remembers rows, to close them with the session or the block. */
  void opened(CursorRows rows) {
    if (block == null) {
      openRows.add(rows);
    } else {
      block.opened(rows);
    }
  }

  // --- within a block ---

  void checkNotFailed() {
    if (block.failed()) {
      throw new DistDbException(
              ErrorCode.IN_FAILED_TRANSACTION,
              "current transaction is aborted, commands ignored until end of transaction block")
          .withHint("ROLLBACK, or ROLLBACK TO a savepoint");
    }
  }

  private StatementResult runInBlock(CachedStatement statement, Arguments arguments) {
    checkNotFailed();
    settle();
    Transaction transaction = block.transaction();
    RunningStatement running = start();
    boolean handedOn = false;
    try {
      running.within(transaction);
      transaction.beginStatement();
      StatementRun run = new StatementRun(this, statement, arguments, transaction);
      StatementResult result = run.execute(running, endOfRowsInBlock);
      handedOn = run.isStreaming();
      return result;
    } finally {
      if (!handedOn) {
        current.end(running);
      }
    }
  }

  // --- the rest ---

  @Override
  public void cancel() {
    current.request("user request");
  }

  @Override
  public List<Notice> takeNotices() {
    return actions.takeNotices();
  }

  @Override
  public void onTermination(Consumer<DistDbException> listener) {
    hold.onTermination(listener);
  }

  @Override
  public void beginIdle() {
    SettingValues values = settings.values();
    if (block == null) {
      hold.beginIdle(values.idleSessionTimeoutNanos(), Termination.IDLE_SESSION);
    } else {
      hold.beginIdle(values.idleInTransactionTimeoutNanos(), Termination.IDLE_IN_TRANSACTION);
    }
  }

  @Override
  public void endIdle() {
    hold.endIdle();
  }

  @Override
  public void onNotification(Runnable listener) {
    channels.inbox().onNotification(listener);
  }

  @Override
  public List<Notification> takeNotifications() {
    return channels.inbox().take();
  }

  Channels channels() {
    return channels;
  }

  Cursors cursors() {
    return cursors;
  }

  /** What the block's open results have left is read now. */
  void settle() {
    if (block != null) {
      block.settle(rows -> rows.settle(cursors::newStore));
    }
  }

  /** The query whose rows are open is not the current statement any more; null without one. */
  RunningStatement pauseCurrent() {
    return current.pause();
  }

  void pause(RunningStatement running) {
    current.pause(running);
  }

  void resume(RunningStatement running) {
    current.resume(running, settings.values().statementTimeoutNanos());
  }

  void terminate(Termination why) {
    hold.terminate(why);
  }

  /** Rolls back what is open. By the thread that has the session. */
  void letGo() {
    cursors.closeAll();
    channels.rolledBack();
    channels.unlistenAll();
    if (block != null) {
      block.rollback();
      block = null;
    }
    actions.advisory().releaseAll();
  }

  /** Whether a statement runs or has rows left to give. Any thread. */
  boolean isActive() {
    return current.isActive();
  }

  /** Whether a statement is being run, not merely waiting for somebody to read on. Any thread. */
  boolean isUnderWay() {
    return current.isUnderWay();
  }

  @Override
  public void reset() {
    if (block != null) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION, "a session cannot be reset inside a transaction block");
    }
    temporary.drop(this);
    settings.reset();
    environment.reset();
    named.reset();
    cursors.closeAll();
    channels.unlistenAll();
    actions.advisory().releaseAll();
  }

  private void checkOpen() {
    if (closed) {
      throw new DistDbException(ErrorCode.CONNECTION_CLOSED, "the session is closed");
    }
    hold.check();
    database.checkOpen();
  }

  @Override
  public void close() {
    if (closed) {
      return;
    }
    hold.close();
    letGo();
    for (CursorRows rows : List.copyOf(openRows)) {
      rows.close();
    }
    try {
      temporary.drop(this);
    } catch (DistDbException left) {
      // the database is closing, or the disk is full: they go when it is opened again
    }
    closed = true;
    database.forget(this);
  }

  static StatementResult.Command command(String tag, Optional<Notice> notice) {
    return new StatementResult.Command(tag, StatementResult.Command.NO_COUNT, notice);
  }
}

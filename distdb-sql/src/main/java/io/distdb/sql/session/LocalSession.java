// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.type.SqlType;
import io.distdb.sql.access.Role;
import io.distdb.sql.execute.CopyClient;
import io.distdb.sql.execute.CopyStreams;
import io.distdb.sql.setting.SettingValues;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * A session in the caller's thread.
 *
 * <p>Design: {@link #execute} scans the text for its fingerprint; a statement of known shape goes
 * on with the cached one and the literals as arguments, any other is parsed and cached. Then {@link
 * StatementRunner} gives it a transaction and {@link StatementRun} finds a plan for the snapshot's
 * schema version and runs it.
 */
final class LocalSession implements ServerSession {
  private final Database database;
  private final SessionSettings settings;
  private final SessionIdentity identity;
  private final StatementFinder finder;
  private final TransactionControl control;
  private final SessionEnvironment environment;
  private final StatementRunner runner;
  private final StatementBinder binder = new StatementBinder(this);
  private final NamedStatements named = new NamedStatements(this);
  private final TemporaryObjects temporary;
  private TransactionBlock block;
  private final SessionCopy copy = new SessionCopy(this);
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
    finder = new StatementFinder(database.plans(), database.scheduler(), database.clock());
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
    runner = new StatementRunner(this);
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

  @Override
  public NamedStatements statements() {
    return named;
  }

  /** Gives statements their transactions. */
  StatementRunner runner() {
    return runner;
  }

  /** Asks what statements take and answer. */
  StatementBinder binder() {
    return binder;
  }

  StatementFinder finder() {
    return finder;
  }

  /** Schemas that names without one are looked for in, in order. */
  List<String> searchPath() {
    return temporary.path(identity.path());
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
    environment.over();
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
    activity.client(client);
  }

  @Override
  public TransactionStatus transactionStatus() {
    return block == null ? TransactionStatus.IDLE : block.status();
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
    return copy.in(sql, data);
  }

  @Override
  public long copyOut(String sql, OutputStream target) {
    return copy.out(sql, target);
  }

  @Override
  public void copyWith(CopyClient client) {
    copy.with(client);
  }

  /** What COPY reads and writes. */
  CopyStreams streams() {
    return copy.streams();
  }

  @Override
  public ServerPrepared prepare(String sql, List<SqlType> declaredTypes) {
    return binder.prepare(sql, declaredTypes);
  }

  /** Runs a statement, whoever parsed it. */
  StatementResult run(CachedStatement statement, Arguments arguments) {
    checkOpen();
    copy.streams().renew();
    long began = activity.begin();
    StatementResult result = null;
    try {
      result = actions.told(runner.run(statement, arguments));
      return result;
    } catch (RuntimeException | Error failure) {
      throw failed(failure);
    } finally {
      RunningStatement streaming =
          result instanceof StatementResult.Rows ? runner.current().streaming() : null;
      activity.end(statement, arguments, began, result, streaming);
    }
  }

  @Override
  public void fail() {
    if (block != null) {
      block.fail();
      actions.advisory().failed();
    }
  }

  /** Whatever it was: what it did within a block must not be committed. */
  DistDbException failed(Throwable failure) {
    fail();
    DistDbException error = explained(failure);
    database.databases().statementMetrics().error(error.code());
    return error;
  }

  /** A statement that was cancelled because the database closes says so. */
  DistDbException explained(Throwable failure) {
    DistDbException error = StatementFault.of(failure);
    activity.counts().failed(error.code());
    if (error.code() == ErrorCode.QUERY_CANCELED && hold.termination() != null) {
      return hold.termination().error();
    }
    return error.code() == ErrorCode.QUERY_CANCELED && database.isClosed()
        ? Database.closing(error)
        : error;
  }

  // --- the rest ---

  @Override
  public void cancel() {
    finder.cancel();
    runner.current().request("user request");
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
    activity.beginIdle();
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

  @Override
  public Cursors cursors() {
    return cursors;
  }

  /** What the block's open results have left is read now. */
  void settle() {
    if (block != null) {
      block.settle(rows -> rows.settle(cursors::newStore));
    }
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
      activity.counts().rolledBack();
      block.rollback();
      block = null;
    }
    actions.abandonAll();
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
    cursors.endPortals();
    channels.unlistenAll();
    actions.releaseAll();
  }

  void checkOpen() {
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
    runner.closeRows();
    try {
      temporary.drop(this);
    } catch (DistDbException left) {
      // the database is closing, or the disk is full: they go when it is opened again
    }
    closed = true;
    database.forget(this);
  }
}

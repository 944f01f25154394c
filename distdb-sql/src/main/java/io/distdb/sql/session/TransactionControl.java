// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.SynchronousCommit;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.analyze.Analyzed;
import io.distdb.sql.analyze.Analyzer;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.setting.SettingValues;
import java.util.List;
import java.util.Optional;

/**
 * CHECKPOINT, BACKUP, and, by {@link BlockControl}, BEGIN and its kin; by {@link SettingControl},
 * SET and SHOW.
 */
final class TransactionControl {
  static final String SETTING_IN_BLOCK_ONLY = "25P01";

  private final LocalSession session;
  private final TransactionManager transactions;
  private final SessionSettings settings;
  private final BlockControl blocks;
  private final SettingControl settingControl;

  /** What the last transaction ran with; usually the next one's too. */
  private TransactionOptions lastOptions;

  /** Null until one is wanted. */
  private CommitNames names;

  TransactionControl(
      LocalSession session, TransactionManager transactions, SessionSettings settings) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
    lastOptions = TransactionOptions.DEFAULT.withParty(session.actions().waits());
    blocks = new BlockControl(session, transactions, settings, this);
    settingControl = new SettingControl(session, settings, blocks);
  }

  /**
   * What names commits that their client does not name; null: nothing does. A commit that waits for
   * the leader alone has none: what is known by its name is known by a quorum.
   */
  CommitNames commitNames() {
    SettingValues values = settings.values();
    if (!values.commitTokens() || values.synchronousCommit() == SynchronousCommit.LOCAL) {
      return null;
    }
    if (names == null) {
      names = new CommitNames(session.database().clock(), session.processId());
    }
    return names;
  }

  BlockControl blocks() {
    return blocks;
  }

  SettingControl settings() {
    return settingControl;
  }

  /** How a transaction of this session runs. */
  TransactionOptions options(IsolationLevel isolation) {
    SettingValues values = settings.values();
    TransactionOptions last = lastOptions;
    if (last.isolation() != isolation
        || last.readOnly() != values.readOnly()
        || last.lockTimeoutNanos() != values.lockTimeoutNanos()
        || last.synchronousCommit() != values.synchronousCommit()) {
      last =
          TransactionOptions.DEFAULT
              .withIsolation(isolation)
              .withReadOnly(values.readOnly())
              .withLockTimeoutNanos(values.lockTimeoutNanos())
              .withParty(last.party())
              .withSynchronousCommit(values.synchronousCommit());
      lastOptions = last;
    }
    return last;
  }

  /**
   * As {@link #options}, of a transaction that only reads, unless somebody says otherwise, when
   * that is how the session reads.
   */
  TransactionOptions optionsToRead(IsolationLevel isolation) {
    TransactionOptions options = options(isolation);
    return settings.values().readMode() == ReadMode.LINEARIZABLE
        ? options
        : options.withReadOnly(true).withReadMode(settings.values().readMode());
  }

  /** How what it runs now reads, if it only reads. */
  ReadMode readMode() {
    return session.block() == null
        ? settings.values().readMode()
        : session.block().options().readMode();
  }

  /** The statement analyzed; it names no tables. */
  PreparedPlan bind(CachedStatement statement) {
    Analyzed analyzed = Analyzer.analyze(statement.ast(), CatalogView.EMPTY, List.of());
    List<ResultColumn> columns =
        switch (analyzed.statement()) {
          case BoundStatement.ShowSetting show -> SettingTexts.columns(show.name());
          case BoundStatement.Backup backup -> BackupRun.COLUMNS;
          default -> List.of();
        };
    return new PreparedPlan(
        0,
        analyzed.statement(),
        analyzed.parameterTypes(),
        columns,
        Optional.empty(),
        PlanBasis.NONE,
        new PreparedPlan.UseCount(),
        Permission.NONE);
  }

  StatementResult run(CachedStatement statement) {
    BoundStatement bound = bind(statement).statement();
    boolean ends = statement.isTransactionExit() || statement.isEmpty();
    if (session.block() != null && session.block().failed() && !ends) {
      throw new DistDbException(
          ErrorCode.IN_FAILED_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
    return switch (bound) {
      case BoundStatement.Begin begin -> blocks.begin(begin);
      case BoundStatement.Commit commit -> blocks.commit(commit.chain());
      case BoundStatement.Rollback rollback -> blocks.rollback(rollback.chain());
      case BoundStatement.SavepointStatement savepoint -> {
        blocks.savepoint(savepoint.name());
        yield done("SAVEPOINT");
      }
      case BoundStatement.RollbackTo back -> {
        blocks.rollbackTo(back.name());
        yield done("ROLLBACK");
      }
      case BoundStatement.ReleaseSavepoint release -> {
        blocks.release(release.name());
        yield done("RELEASE");
      }
      case BoundStatement.SetTransaction set -> settingControl.setTransaction(set);
      case BoundStatement.SetSnapshot set -> settingControl.setSnapshot(set.name());
      case BoundStatement.SetSetting set -> settingControl.set(set);
      case BoundStatement.SetCharacteristics set -> settingControl.setCharacteristics(set);
      case BoundStatement.ResetSetting reset -> settingControl.reset(reset);
      case BoundStatement.SetConstraints set -> setConstraints(set);
      case BoundStatement.LockTable lock -> {
        blocks.any("LOCK TABLE");
        yield session.runner().cancellable(running -> new TableLocks(session).lock(lock, running));
      }
      case BoundStatement.ShowSetting show -> settingControl.show(show);
      case BoundStatement.Checkpoint ignored -> {
        session.identity().requireCheckpointer();
        transactions.checkpoint();
        yield done("CHECKPOINT");
      }
      case BoundStatement.Backup backup -> {
        session.identity().requireSuperuser("BACKUP");
        blocks.requireNone("BACKUP");
        BackupRun run = new BackupRun(session, session.database().databases().backups());
        yield session.runner().cancellable(running -> run.run(backup, running));
      }
      case BoundStatement.DatabaseDefinition definition -> database(definition.statement());
      case BoundStatement.Empty ignored -> StatementResult.Command.EMPTY;
      default ->
          throw new DistDbException(
              ErrorCode.INTERNAL_ERROR, "no way to run " + bound.getClass().getSimpleName());
    };
  }

  static StatementResult.Command done(String tag) {
    return StatementResult.Command.of(tag, Optional.empty());
  }

  static StatementResult.Command warned(String tag, String sqlState, String message) {
    return StatementResult.Command.of(tag, Optional.of(Notice.warning(sqlState, message)));
  }

  private StatementResult database(DatabaseStatement statement) {
    String command =
        switch (statement) {
          case DatabaseStatement.CreateDatabase create -> "CREATE DATABASE";
          case DatabaseStatement.DropDatabase drop -> "DROP DATABASE";
        };
    blocks.requireNone(command);
    if (settings.values().readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot execute " + command + " in a read-only transaction");
    }
    Databases databases = session.database().databases();
    String name = statement.name().text();
    return switch (statement) {
      case DatabaseStatement.CreateDatabase create -> {
        databases.changes().create(name, DatabaseRights.owner(create, session.identity()));
        yield done(command);
      }
      case DatabaseStatement.DropDatabase drop -> {
        DatabaseRights.requireOwner(name, session);
        boolean dropped = databases.changes().drop(name, session.database(), drop.ifExists());
        yield dropped
            ? done(command)
            : StatementResult.Command.of(
                command,
                Optional.of(Notice.notice("database \"" + name + "\" does not exist, skipping")));
      }
    };
  }

  private StatementResult setConstraints(BoundStatement.SetConstraints set) {
    if (blocks.isOutside()) {
      return warned(
          "SET CONSTRAINTS",
          SETTING_IN_BLOCK_ONLY,
          "SET CONSTRAINTS can only be used in transaction blocks");
    }
    new ConstraintTimes(session).set(set);
    return done("SET CONSTRAINTS");
  }
}

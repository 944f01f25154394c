// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.analyze.Analyzed;
import io.distdb.sql.analyze.Analyzer;
import io.distdb.sql.ast.DatabaseStatement;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.setting.SettingRules;
import io.distdb.sql.setting.SettingValues;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** BEGIN, COMMIT and their kin, SET and SHOW, CHECKPOINT, BACKUP: what needs no snapshot. */
final class TransactionControl {
  private static final String SETTING_IN_BLOCK_ONLY = "25P01";

  private final LocalSession session;
  private final TransactionManager transactions;
  private final SessionSettings settings;

  /** What the last transaction ran with; usually the next one's too. */
  private TransactionOptions lastOptions = TransactionOptions.DEFAULT;

  TransactionControl(
      LocalSession session, TransactionManager transactions, SessionSettings settings) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
  }

  /** How a transaction of this session runs. */
  TransactionOptions options(IsolationLevel isolation) {
    SettingValues values = settings.values();
    TransactionOptions last = lastOptions;
    if (last.isolation() != isolation
        || last.readOnly() != values.readOnly()
        || last.lockTimeoutNanos() != values.lockTimeoutNanos()) {
      last =
          new TransactionOptions(
              isolation, values.readOnly(), Optional.empty(), values.lockTimeoutNanos());
      lastOptions = last;
    }
    return last;
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
        new PreparedPlan.UseCount());
  }

  StatementResult run(CachedStatement statement) {
    BoundStatement bound = bind(statement).statement();
    boolean ends =
        bound instanceof BoundStatement.Commit
            || bound instanceof BoundStatement.Rollback
            || bound instanceof BoundStatement.RollbackTo;
    if (session.block() != null && session.block().failed() && !ends) {
      throw new DistDbException(
          ErrorCode.IN_FAILED_TRANSACTION,
          "current transaction is aborted, commands ignored until end of transaction block");
    }
    return switch (bound) {
      case BoundStatement.Begin begin -> begin(begin);
      case BoundStatement.Commit commit -> commit(commit.chain());
      case BoundStatement.Rollback rollback -> rollback(rollback.chain());
      case BoundStatement.SavepointStatement savepoint -> {
        block("SAVEPOINT").savepoint(savepoint.name());
        yield done("SAVEPOINT");
      }
      case BoundStatement.RollbackTo back -> {
        block("ROLLBACK TO SAVEPOINT").rollbackTo(back.name());
        yield done("ROLLBACK");
      }
      case BoundStatement.ReleaseSavepoint release -> {
        block("RELEASE SAVEPOINT").release(release.name());
        yield done("RELEASE");
      }
      case BoundStatement.SetTransaction set -> setTransaction(set);
      case BoundStatement.SetSetting set -> set(set);
      case BoundStatement.SetCharacteristics set -> {
        setCharacteristics(set);
        yield done("SET");
      }
      case BoundStatement.ResetSetting reset -> {
        reset(reset);
        yield done("RESET");
      }
      case BoundStatement.SetConstraints set -> setConstraints(set);
      case BoundStatement.ShowSetting show -> show(show);
      case BoundStatement.Checkpoint ignored -> {
        transactions.checkpoint();
        yield done("CHECKPOINT");
      }
      case BoundStatement.Backup backup -> {
        BackupRun.requireNoBlock(session.block());
        BackupRun run = new BackupRun(session, session.database().databases().backups());
        yield session.cancellable(running -> run.run(backup, running));
      }
      case BoundStatement.DatabaseDefinition definition -> database(definition.statement());
      default ->
          throw new DistDbException(
              ErrorCode.INTERNAL_ERROR, "no way to run " + bound.getClass().getSimpleName());
    };
  }

  private static StatementResult.Command done(String tag) {
    return LocalSession.command(tag, Optional.empty());
  }

  private static StatementResult.Command warned(String tag, String sqlState, String message) {
    return LocalSession.command(tag, Optional.of(Notice.warning(sqlState, message)));
  }

  private TransactionBlock block(String command) {
    if (session.block() == null) {
      throw new DistDbException(
          ErrorCode.NO_ACTIVE_TRANSACTION, command + " can only be used in transaction blocks");
    }
    return session.block();
  }

  private StatementResult database(DatabaseStatement statement) {
    String command =
        switch (statement) {
          case DatabaseStatement.CreateDatabase create -> "CREATE DATABASE";
          case DatabaseStatement.DropDatabase drop -> "DROP DATABASE";
        };
    if (session.block() != null) {
      throw new DistDbException(
          ErrorCode.ACTIVE_TRANSACTION, command + " cannot run inside a transaction block");
    }
    if (settings.values().readOnly()) {
      throw new DistDbException(
          ErrorCode.READ_ONLY_TRANSACTION,
          "cannot execute " + command + " in a read-only transaction");
    }
    Databases databases = session.database().databases();
    String name = statement.name().text();
    return switch (statement) {
      case DatabaseStatement.CreateDatabase create -> {
        databases.create(name);
        yield done(command);
      }
      case DatabaseStatement.DropDatabase drop -> {
        boolean dropped = databases.drop(name, session.database(), drop.ifExists());
        yield dropped
            ? done(command)
            : LocalSession.command(
                command,
                Optional.of(Notice.notice("database \"" + name + "\" does not exist, skipping")));
      }
    };
  }

  private StatementResult begin(BoundStatement.Begin begin) {
    String tag = begin.start() ? "START TRANSACTION" : "BEGIN";
    if (session.block() != null) {
      return warned(
          tag,
          ErrorCode.ACTIVE_TRANSACTION.sqlState(),
          "there is already a transaction in progress");
    }
    TransactionOptions options =
        with(options(settings.values().isolation()), begin.isolation(), begin.readOnly());
    session.setBlock(new TransactionBlock(transactions, options, settings));
    return done(tag);
  }

  /** After the end of a block, another like it. */
  private void chain(boolean chain, TransactionOptions options) {
    if (chain) {
      session.setBlock(new TransactionBlock(transactions, options, settings));
    }
  }

  private static StatementResult outside(String command, boolean chain) {
    if (chain) {
      throw new DistDbException(
          ErrorCode.NO_ACTIVE_TRANSACTION,
          command + " AND CHAIN can only be used in transaction blocks");
    }
    return warned(command, SETTING_IN_BLOCK_ONLY, "there is no transaction in progress");
  }

  private static TransactionOptions with(
      TransactionOptions options, Optional<IsolationLevel> isolation, Optional<Boolean> readOnly) {
    return options
        .withIsolation(isolation.orElse(options.isolation()))
        .withReadOnly(readOnly.orElse(options.readOnly()));
  }

  private StatementResult commit(boolean chain) {
    TransactionBlock block = session.block();
    if (block == null) {
      return outside("COMMIT", chain);
    }
    if (block.failed()) {
      return rollback(chain);
    }
    if (block.hasPendingChecks() || session.temporary().hasEndings() && block.hasBegun()) {
      beforeCommit(block);
    }
    session.setBlock(null);
    boolean committed = false;
    try {
      block.commit();
      committed = true;
    } finally {
      if (committed) {
        settings.endLocal();
      } else {
        settings.backTo(block.settingsBefore());
      }
    }
    chain(chain, block.options());
    return done("COMMIT");
  }

  /** The last that the block does. */
  private void beforeCommit(TransactionBlock block) {
    try {
      if (block.hasPendingChecks()) {
        block.transaction().beginStatement();
        block.deferred().checkAll(session.checkingExecution());
      }
      if (session.temporary().hasEndings()) {
        session.temporary().beforeCommit(session);
      }
    } catch (DistDbException failure) {
      rollback(false);
      throw failure;
    }
  }

  /** Runs what takes a block where there is none. */
  StatementResult inOwnBlock(Supplier<StatementResult> statement) {
    TransactionOptions options = options(settings.values().isolation());
    session.setBlock(new TransactionBlock(transactions, options, settings));
    boolean done = false;
    try {
      StatementResult result = statement.get();
      commit(false);
      done = true;
      return result;
    } finally {
      if (!done && session.block() != null) {
        rollback(false);
      }
    }
  }

  private StatementResult rollback(boolean chain) {
    TransactionBlock block = session.block();
    if (block == null) {
      return outside("ROLLBACK", chain);
    }
    session.setBlock(null);
    block.rollback();
    settings.backTo(block.settingsBefore());
    chain(chain, block.options());
    return done("ROLLBACK");
  }

  private void setCharacteristics(BoundStatement.SetCharacteristics set) {
    set.isolation()
        .ifPresent(
            level -> settings.set(SettingValues.DEFAULT_ISOLATION, SettingRules.text(level), false));
    set.readOnly()
        .ifPresent(
            only -> settings.set(SettingValues.DEFAULT_READ_ONLY, only ? "on" : "off", false));
  }

  private StatementResult setConstraints(BoundStatement.SetConstraints set) {
    if (session.block() == null) {
      return warned(
          "SET CONSTRAINTS",
          SETTING_IN_BLOCK_ONLY,
          "SET CONSTRAINTS can only be used in transaction blocks");
    }
    new ConstraintTimes(session).set(set);
    return done("SET CONSTRAINTS");
  }

  private void reset(BoundStatement.ResetSetting reset) {
    if (reset.name().isEmpty()) {
      settings.reset();
      return;
    }
    settings.set(reset.name().get(), null, false);
  }

  private StatementResult setTransaction(BoundStatement.SetTransaction set) {
    TransactionBlock block = session.block();
    if (block == null) {
      return warned(
          "SET", SETTING_IN_BLOCK_ONLY, "SET TRANSACTION can only be used in transaction blocks");
    }
    block.setOptions(with(block.options(), set.isolation(), set.readOnly()));
    return done("SET");
  }

  private StatementResult set(BoundStatement.SetSetting set) {
    String name = set.name().toLowerCase(Locale.ROOT);
    TransactionBlock block = session.block();
    if (setOfTransaction(name, set.value().orElse(null))) {
      return done("SET");
    }
    settings.set(name, set.value().orElse(null), set.local());
    if (set.local() && block == null) {
      settings.endLocal();
      return warned(
          "SET", SETTING_IN_BLOCK_ONLY, "SET LOCAL can only be used in transaction blocks");
    }
    return done("SET");
  }

  /**
   * Sets what is a setting of the transaction alone, when {@code name} is one; outside of a block
   * there is none that could keep it.
   *
   * @param value null leaves it as it is
   * @throws DistDbException {@code ACTIVE_TRANSACTION}: a statement has run already
   */
  boolean setOfTransaction(String name, String value) {
    Optional<IsolationLevel> isolation = Optional.empty();
    Optional<Boolean> readOnly = Optional.empty();
    switch (name) {
      case SettingValues.TRANSACTION_ISOLATION ->
          isolation = Optional.ofNullable(value).map(v -> SettingRules.isolation(name, v));
      case SettingValues.TRANSACTION_READ_ONLY ->
          readOnly =
              Optional.ofNullable(value).map(v -> SettingRules.onOrOff(name, v).equals("on"));
      case SettingValues.TRANSACTION_DEFERRABLE -> {
        if (value != null) {
          SettingRules.onOrOff(name, value);
        }
      }
      default -> {
        return false;
      }
    }
    TransactionBlock block = session.block();
    if (block != null) {
      block.setOptions(with(block.options(), isolation, readOnly));
    }
    return true;
  }

  private StatementResult show(BoundStatement.ShowSetting show) {
    String name = show.name().toLowerCase(Locale.ROOT);
    if (name.equals(SettingTexts.ALL)) {
      return SettingTexts.all(session.environment());
    }
    List<ResultColumn> columns = SettingTexts.columns(name);
    String value = find(name).orElseGet(() -> settings.show(name));
    return new StatementResult.Rows(
        new CursorRows(
            columns, new ListRows(List.of(value)), session.environment(), CursorRows.NOTHING_ENDS));
  }

  /** A setting of the transaction, which the session answers from its state. */
  Optional<String> find(String name) {
    TransactionBlock block = session.block();
    return switch (name) {
      case SettingValues.TRANSACTION_ISOLATION ->
          Optional.of(
              SettingRules.text(
                  block == null ? settings.values().isolation() : block.options().isolation()));
      case SettingValues.TRANSACTION_READ_ONLY -> {
        boolean only = block == null ? settings.values().readOnly() : block.options().readOnly();
        yield Optional.of(only ? "on" : "off");
      }
      case SettingValues.TRANSACTION_DEFERRABLE ->
          Optional.of(settings.show(SettingValues.DEFAULT_DEFERRABLE));
      default -> Optional.empty();
    };
  }
}

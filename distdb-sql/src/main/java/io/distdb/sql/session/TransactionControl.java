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
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** SET and SHOW, CHECKPOINT, BACKUP, and, by {@link BlockControl}, BEGIN and its kin. */
final class TransactionControl {
  static final String SETTING_IN_BLOCK_ONLY = "25P01";

  private final LocalSession session;
  private final TransactionManager transactions;
  private final SessionSettings settings;
  private final BlockControl blocks;

  /** What the last transaction ran with; usually the next one's too. */
  private TransactionOptions lastOptions = TransactionOptions.DEFAULT;

  TransactionControl(
      LocalSession session, TransactionManager transactions, SessionSettings settings) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
    blocks = new BlockControl(session, transactions, settings, this);
  }

  BlockControl blocks() {
    return blocks;
  }

  /** How a transaction of this session runs. */
  TransactionOptions options(IsolationLevel isolation) {
    TransactionOptions last = lastOptions;
    if (last.isolation() != isolation
        || last.readOnly() != settings.readOnly()
        || last.lockTimeoutNanos() != settings.lockTimeoutNanos()) {
      last =
          new TransactionOptions(
              isolation, settings.readOnly(), Optional.empty(), settings.lockTimeoutNanos());
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
        blocks.requireNone("BACKUP");
        BackupRun run = new BackupRun(session, session.database().databases().backups());
        yield session.cancellable(running -> run.run(backup, running));
      }
      case BoundStatement.DatabaseDefinition definition -> database(definition.statement());
      case BoundStatement.Empty ignored -> StatementResult.Command.EMPTY;
      default ->
          throw new DistDbException(
              ErrorCode.INTERNAL_ERROR, "no way to run " + bound.getClass().getSimpleName());
    };
  }

  static StatementResult.Command done(String tag) {
    return LocalSession.command(tag, Optional.empty());
  }

  static StatementResult.Command warned(String tag, String sqlState, String message) {
    return LocalSession.command(tag, Optional.of(Notice.warning(sqlState, message)));
  }

  private StatementResult database(DatabaseStatement statement) {
    String command =
        switch (statement) {
          case DatabaseStatement.CreateDatabase create -> "CREATE DATABASE";
          case DatabaseStatement.DropDatabase drop -> "DROP DATABASE";
        };
    blocks.requireNone(command);
    if (settings.readOnly()) {
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

  private void setCharacteristics(BoundStatement.SetCharacteristics set) {
    set.isolation()
        .ifPresent(
            level -> settings.set(SessionSettings.DEFAULT_ISOLATION, SettingRules.text(level)));
    set.readOnly()
        .ifPresent(only -> settings.set(SessionSettings.DEFAULT_READ_ONLY, only ? "on" : "off"));
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

  private void reset(BoundStatement.ResetSetting reset) {
    if (reset.name().isEmpty()) {
      settings.reset();
      return;
    }
    settings.set(reset.name().get(), null);
  }

  private StatementResult setTransaction(BoundStatement.SetTransaction set) {
    TransactionBlock block = session.block();
    if (blocks.isOutside()) {
      return warned(
          "SET", SETTING_IN_BLOCK_ONLY, "SET TRANSACTION can only be used in transaction blocks");
    }
    block.setOptions(BlockControl.with(block.options(), set.isolation(), set.readOnly()));
    return done("SET");
  }

  private StatementResult set(BoundStatement.SetSetting set) {
    String name = set.name().toLowerCase(Locale.ROOT);
    TransactionBlock block = session.block();
    if (name.equals(SessionSettings.TRANSACTION_ISOLATION) && set.value().isPresent()) {
      IsolationLevel level = SettingRules.isolation(set.value().get());
      return setTransaction(
          new BoundStatement.SetTransaction(Optional.of(level), Optional.empty()));
    }
    if (name.equals(SessionSettings.TRANSACTION_READ_ONLY) && set.value().isPresent()) {
      boolean only = SettingRules.onOrOff(name, set.value().get()).equals("on");
      return setTransaction(new BoundStatement.SetTransaction(Optional.empty(), Optional.of(only)));
    }
    if (set.local()) {
      if (blocks.isOutside()) {
        return warned(
            "SET", SETTING_IN_BLOCK_ONLY, "SET LOCAL can only be used in transaction blocks");
      }
      settings.keep(name, block.localBefore());
    }
    settings.set(name, set.value().orElse(null));
    return done("SET");
  }

  private StatementResult show(BoundStatement.ShowSetting show) {
    String name = show.name().toLowerCase(Locale.ROOT);
    if (name.equals(SettingTexts.ALL)) {
      return SettingTexts.all(settings, this, session.environment());
    }
    List<ResultColumn> columns = SettingTexts.columns(name);
    String value = find(name).orElseGet(() -> settings.show(name));
    return new StatementResult.Rows(
        new CursorRows(
            columns, new ListRows(List.of(value)), session.environment(), CursorRows.NOTHING_ENDS),
        "SHOW");
  }

  /** A setting of the transaction, which the session answers from its state. */
  Optional<String> find(String name) {
    TransactionBlock block = session.block();
    return switch (name) {
      case SessionSettings.TRANSACTION_ISOLATION ->
          Optional.of(
              SettingRules.text(
                  block == null ? settings.isolation() : block.options().isolation()));
      case SessionSettings.TRANSACTION_READ_ONLY -> {
        boolean only = block == null ? settings.readOnly() : block.options().readOnly();
        yield Optional.of(only ? "on" : "off");
      }
      default -> Optional.empty();
    };
  }
}

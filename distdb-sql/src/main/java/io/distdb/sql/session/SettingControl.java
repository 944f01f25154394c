// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.ReadMode;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.logical.BoundStatement;
import io.distdb.sql.setting.Setting;
import io.distdb.sql.setting.SettingRules;
import io.distdb.sql.setting.SettingValues;
import java.util.List;
import java.util.Optional;

/** SET, RESET, SHOW (PostgreSQL's documentation, their pages in part VI). */
final class SettingControl {
  private final LocalSession session;
  private final SessionSettings settings;
  private final BlockControl blocks;

  SettingControl(LocalSession session, SessionSettings settings, BlockControl blocks) {
    this.session = session;
    this.settings = settings;
    this.blocks = blocks;
  }

  StatementResult setCharacteristics(BoundStatement.SetCharacteristics set) {
    set.isolation()
        .ifPresent(level ->
            settings.set(SettingValues.DEFAULT_ISOLATION, SettingRules.text(level), false));
    set.readOnly()
        .ifPresent(
            only -> settings.set(SettingValues.DEFAULT_READ_ONLY, only ? "on" : "off", false));
    return TransactionControl.done("SET");
  }

  StatementResult setTransaction(BoundStatement.SetTransaction set) {
    if (blocks.isOutside()) {
      return warned("SET TRANSACTION");
    }
    TransactionBlock block = session.block();
    block.setOptions(BlockControl.with(block.options(), set.isolation(), set.readOnly()));
    return TransactionControl.done("SET");
  }

  /** SET TRANSACTION SNAPSHOT. */
  StatementResult setSnapshot(String name) {
    SessionSnapshots snapshots = session.actions().snapshots();
    if (blocks.isOutside()) {
      snapshots.find(name, session.control().options(settings.values().isolation()));
      return warned("SET TRANSACTION");
    }
    TransactionBlock block = session.block();
    block.checkUnused("SET TRANSACTION SNAPSHOT");
    block.readAt(snapshots.find(name, block.options()));
    return TransactionControl.done("SET");
  }

  private static StatementResult warned(String command) {
    return TransactionControl.warned(
        "SET",
        TransactionControl.SETTING_IN_BLOCK_ONLY,
        command + " can only be used in transaction blocks");
  }

  StatementResult set(BoundStatement.SetSetting set) {
    String value = set.value().orElse(null);
    if (setOfTransaction(Setting.key(set.name()), value)) {
      return TransactionControl.done("SET");
    }
    change(set.name(), value, set.local());
    if (set.local() && blocks.isOutside()) {
      settings.endLocal();
      return warned("SET LOCAL");
    }
    return TransactionControl.done("SET");
  }

  /**
   * Sets what the session may set; another user's session begins without SET ROLE.
   *
   * @param value null for the default
   * @param local whether it ends with the transaction
   * @throws io.distdb.api.error.DistDbException as {@link SessionSettings#set}
   */
  void change(String name, String value, boolean local) {
    String key = Setting.key(name);
    boolean ofUser = key.equals(SettingValues.SESSION_AUTHORIZATION);
    if (key.equals(SettingValues.TRANSACTION_READ_MODE)) {
      setReadMode(name, value, local);
      return;
    }
    if (!ofUser && !key.equals(SettingValues.ROLE)) {
      settings.set(name, value, local);
      return;
    }
    session.identity().checkSetting(key, value);
    settings.set(name, value, local);
    if (ofUser) {
      settings.set(SettingValues.ROLE, null, local);
    }
    session.identity().refresh();
    settings.become(session.identity().isSuperuser(), local);
  }

  /** Of this transaction, too, which must not have read yet. */
  private void setReadMode(String name, String value, boolean local) {
    TransactionBlock block = session.block();
    if (block == null) {
      settings.set(name, value, local);
      return;
    }
    block.checkUnused("SET " + SettingValues.TRANSACTION_READ_MODE);
    settings.set(name, value, local);
    ReadMode mode = settings.values().readMode();
    TransactionOptions before = block.options();
    if (mode != before.readMode()) {
      boolean only = mode != ReadMode.LINEARIZABLE || settings.values().readOnly();
      block.setOptions(before.withReadOnly(only).withReadMode(mode));
    }
  }

  /**
   * Sets what is a setting of the transaction alone, when {@code key} is one; outside of a block
   * there is none that could keep it.
   *
   * @param value null leaves it as it is
   * @return false: it is another setting
   * @throws io.distdb.api.error.DistDbException {@code ACTIVE_TRANSACTION}: a statement has run
   *     already
   */
  boolean setOfTransaction(String key, String value) {
    Optional<String> wanted = Optional.ofNullable(value);
    Optional<IsolationLevel> isolation = Optional.empty();
    Optional<Boolean> readOnly = Optional.empty();
    switch (key) {
      case SettingValues.TRANSACTION_ISOLATION ->
          isolation = wanted.map(level -> SettingRules.isolation(key, level));
      case SettingValues.TRANSACTION_READ_ONLY ->
          readOnly = wanted.map(only -> SettingRules.onOrOff(key, only).equals("on"));
      case SettingValues.TRANSACTION_DEFERRABLE ->
          wanted.ifPresent(deferrable -> SettingRules.onOrOff(key, deferrable));
      case SettingValues.COMMIT_TOKEN -> {
        setToken(wanted.orElse(""));
        return true;
      }
      default -> {
        return false;
      }
    }
    TransactionBlock block = session.block();
    if (block != null) {
      block.setOptions(BlockControl.with(block.options(), isolation, readOnly));
    }
    return true;
  }

  /**
   * A token is of one commit: what the session kept would be taken for the same commit again.
   *
   * @param token empty: none
   */
  private void setToken(String token) {
    TransactionBlock block = blocks.any("SET " + SettingValues.COMMIT_TOKEN);
    block.token(token.isEmpty() ? Optional.empty() : Optional.of(SettingRules.commitToken(token)));
  }

  StatementResult reset(BoundStatement.ResetSetting reset) {
    if (reset.name().isEmpty()) {
      settings.resetAll();
    } else {
      change(reset.name().get(), null, false);
    }
    return TransactionControl.done("RESET");
  }

  StatementResult show(BoundStatement.ShowSetting show) {
    String key = Setting.key(show.name());
    if (key.equals(SettingTexts.ALL)) {
      return SettingTexts.all(session.environment());
    }
    List<ResultColumn> columns = SettingTexts.columns(key);
    String value = ofTransaction(key).orElseGet(() -> settings.show(key));
    return new StatementResult.Rows(
        new CursorRows(
            columns, new ListRows(List.of(value)), session.environment(), CursorRows.NOTHING_ENDS),
        "SHOW");
  }

  /** A setting of the transaction, which the session answers from its state. */
  Optional<String> ofTransaction(String key) {
    TransactionBlock block = session.block();
    SettingValues values = settings.values();
    return switch (key) {
      case SettingValues.TRANSACTION_ISOLATION ->
          Optional.of(
              SettingRules.text(block == null ? values.isolation() : block.options().isolation()));
      case SettingValues.TRANSACTION_READ_ONLY -> {
        boolean only = block == null ? values.readOnly() : block.options().readOnly();
        yield Optional.of(only ? "on" : "off");
      }
      case SettingValues.COMMIT_TOKEN ->
          Optional.of(
              block == null
                  ? ""
                  : block.options().token().map(token -> token.value().toString()).orElse(""));
      case SettingValues.TRANSACTION_DEFERRABLE ->
          Optional.of(settings.show(SettingValues.DEFAULT_DEFERRABLE));
      default -> Optional.empty();
    };
  }
}

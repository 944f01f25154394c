// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.logical.BoundStatement;
import java.util.Optional;
import java.util.function.Supplier;

/**
 * Opens and ends transaction blocks: those of BEGIN, and the implicit ones of the protocol
 * (PostgreSQL's documentation, 55.2.2.1 and 55.2.4). BEGIN within an implicit block makes it an
 * ordinary one, with what was done in it already.
 */
final class BlockControl {
  private final LocalSession session;
  private final TransactionManager transactions;
  private final SessionSettings settings;
  private final TransactionControl control;

  BlockControl(
      LocalSession session,
      TransactionManager transactions,
      SessionSettings settings,
      TransactionControl control) {
    this.session = session;
    this.transactions = transactions;
    this.settings = settings;
    this.control = control;
  }

  // --- what must be in a block, or must not ---

  /** Whether statements that want a block find none. */
  boolean isOutside() {
    return session.block() == null || session.block().kind() == BlockKind.PIPELINE;
  }

  /**
   * The block that BEGIN opened.
   *
   * @throws DistDbException {@code NO_ACTIVE_TRANSACTION}: there is none
   */
  TransactionBlock explicit(String command) {
    if (session.block() == null || session.block().kind() != BlockKind.EXPLICIT) {
      throw inBlocksOnly(command);
    }
    return session.block();
  }

  /**
   * A block of BEGIN or of one message.
   *
   * @throws DistDbException {@code NO_ACTIVE_TRANSACTION}: there is none
   */
  TransactionBlock any(String command) {
    if (isOutside()) {
      throw inBlocksOnly(command);
    }
    return session.block();
  }

  private static DistDbException inBlocksOnly(String command) {
    return new DistDbException(
        ErrorCode.NO_ACTIVE_TRANSACTION, command + " can only be used in transaction blocks");
  }

  /**
   * Makes sure that a statement that is no part of a transaction runs outside of one: an empty
   * pipeline ends here.
   *
   * @throws DistDbException {@code ACTIVE_TRANSACTION}: a block is open
   */
  void requireNone(String command) {
    TransactionBlock block = session.block();
    if (block == null) {
      return;
    }
    if (block.kind() == BlockKind.PIPELINE && !block.hasBegun() && !block.failed()) {
      endImplicit();
      return;
    }
    throw new DistDbException(
        ErrorCode.ACTIVE_TRANSACTION,
        block.kind() == BlockKind.PIPELINE
            ? command + " cannot be executed within a pipeline"
            : command + " cannot run inside a transaction block");
  }

  // --- begin ---

  void beginImplicit(BlockKind kind) {
    if (session.block() == null) {
      open(control.optionsToRead(settings.values().isolation()), kind);
    }
  }

  private void open(TransactionOptions options, BlockKind kind) {
    session.setBlock(new TransactionBlock(transactions, options, settings, kind));
  }

  StatementResult begin(BoundStatement.Begin begin) {
    String tag = begin.start() ? "START TRANSACTION" : "BEGIN";
    TransactionBlock block = session.block();
    if (block == null) {
      TransactionOptions options = control.optionsToRead(settings.values().isolation());
      open(with(options, begin.isolation(), begin.readOnly()), BlockKind.EXPLICIT);
      return TransactionControl.done(tag);
    }
    if (block.kind() == BlockKind.EXPLICIT) {
      return TransactionControl.warned(
          tag,
          ErrorCode.ACTIVE_TRANSACTION.sqlState(),
          "there is already a transaction in progress");
    }
    block.setOptions(with(block.options(), begin.isolation(), begin.readOnly()));
    block.makeExplicit();
    return TransactionControl.done(tag);
  }

  static TransactionOptions with(
      TransactionOptions options, Optional<IsolationLevel> isolation, Optional<Boolean> readOnly) {
    return options
        .withIsolation(isolation.orElse(options.isolation()))
        .withReadOnly(readOnly.orElse(options.readOnly()));
  }

  /** After the end of a block, another like it. */
  private void chain(boolean chain, TransactionOptions options) {
    if (chain) {
      open(options.withToken(Optional.empty()), BlockKind.EXPLICIT);
    }
  }

  // --- end ---

  void endImplicit() {
    TransactionBlock block = session.block();
    if (block == null || block.kind() == BlockKind.EXPLICIT) {
      return;
    }
    if (block.failed()) {
      rollBack(block);
    } else {
      commit(block);
    }
  }

  StatementResult commit(boolean chain) {
    TransactionBlock block = session.block();
    checkChain(block, "COMMIT", chain);
    if (block == null) {
      return notInProgress("COMMIT");
    }
    if (block.failed()) {
      return rollback(chain);
    }
    commit(block);
    chain(chain, block.options());
    return ended(block, "COMMIT");
  }

  StatementResult rollback(boolean chain) {
    TransactionBlock block = session.block();
    checkChain(block, "ROLLBACK", chain);
    if (block == null) {
      return notInProgress("ROLLBACK");
    }
    rollBack(block);
    chain(chain, block.options());
    return ended(block, "ROLLBACK");
  }

  private static void checkChain(TransactionBlock block, String command, boolean chain) {
    if (chain && (block == null || block.kind() != BlockKind.EXPLICIT)) {
      throw inBlocksOnly(command + " AND CHAIN");
    }
  }

  private static StatementResult ended(TransactionBlock block, String tag) {
    return block.kind() == BlockKind.EXPLICIT ? TransactionControl.done(tag) : notInProgress(tag);
  }

  private static StatementResult notInProgress(String tag) {
    return TransactionControl.warned(
        tag, TransactionControl.SETTING_IN_BLOCK_ONLY, "there is no transaction in progress");
  }

  void rollbackTo(String savepoint) {
    TransactionBlock block = explicit("ROLLBACK TO SAVEPOINT");
    int depth = block.depth(savepoint);
    session.cursors().rolledBackTo(depth);
    session.settle();
    block.rollbackTo(savepoint);
    session.channels().rolledBackTo(depth);
    session.actions().advisory().rolledBackTo(depth);
  }

  void savepoint(String name) {
    explicit("SAVEPOINT").savepoint(name);
    session.channels().savepoint();
    session.actions().advisory().savepoint();
  }

  void release(String savepoint) {
    TransactionBlock block = explicit("RELEASE SAVEPOINT");
    int depth = block.depth(savepoint);
    block.release(savepoint);
    session.channels().released(depth);
    session.actions().advisory().released(depth);
    session.cursors().released(depth);
  }

  private void commit(TransactionBlock block) {
    if (block.hasPendingChecks()
        || !session.cursors().isEmpty()
        || !session.channels().isEmpty()
        || session.actions().advisory().isLost()
        || session.temporary().hasEndings() && block.hasBegun()) {
      beforeCommit(block);
    }
    session.cursors().endPortals();
    session.setBlock(null);
    boolean committed = false;
    try {
      block.commit(session.control().commitNames());
      committed = true;
    } finally {
      session.actions().endTransaction();
      if (committed) {
        session.activity().counts().committed();
        settings.endLocal();
        session.channels().committed();
      } else {
        session.activity().counts().rolledBack();
        settings.backTo(block.settingsBefore());
        session.cursors().rolledBack();
        session.channels().rolledBack();
      }
    }
  }

  private void rollBack(TransactionBlock block) {
    session.cursors().rolledBack();
    session.cursors().endPortals();
    session.channels().rolledBack();
    session.setBlock(null);
    session.activity().counts().rolledBack();
    block.rollback();
    session.actions().endTransaction();
    settings.backTo(block.settingsBefore());
  }

  /** The last that the block does. */
  private void beforeCommit(TransactionBlock block) {
    try {
      if (block.hasPendingChecks()) {
        block.transaction().beginStatement();
        block.deferred().checkAll(session.runner().checkingExecution());
      }
      session.actions().advisory().check();
      session.cursors().beforeCommit();
      if (session.temporary().hasEndings()) {
        session.temporary().beforeCommit(session);
      }
      session.channels().beforeCommit(block.hasBegun() ? block.transaction() : null);
    } catch (DistDbException failure) {
      rollBack(block);
      throw failure;
    }
  }

  /** Runs what takes a block where there is none. */
  StatementResult inOwnBlock(Supplier<StatementResult> statement) {
    open(control.options(settings.values().isolation()), BlockKind.EXPLICIT);
    TransactionBlock block = session.block();
    boolean done = false;
    try {
      StatementResult result = statement.get();
      commit(block);
      done = true;
      return result;
    } finally {
      if (!done && session.block() == block) {
        rollBack(block);
      }
    }
  }
}

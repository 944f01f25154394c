// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.config.Config;
import io.distdb.sql.session.Database;

/** An open database with all its parts. Thread-safe. */
public final class Node implements AutoCloseable {
  private final Lifecycle lifecycle;
  private final Database database;
  private final TransactionManager transactions;
  private final Recovery recovery;

  private Node(
      Lifecycle lifecycle, Database database, TransactionManager transactions, Recovery recovery) {
    this.lifecycle = lifecycle;
    this.database = database;
    this.transactions = transactions;
    this.recovery = recovery;
  }

  /** Opens everything in order; when a part refuses, closes what was opened before it. */
  public static Node open(Config config, Surroundings surroundings) {
    config.validate();
    throw new DistDbException(
        ErrorCode.FEATURE_NOT_SUPPORTED, "transactions are not in this build yet");
  }

  public Database database() {
    return database;
  }

  public TransactionManager transactions() {
    return transactions;
  }

  public Recovery recovery() {
    return recovery;
  }

  /** Closes every part, the last opened first. May be called twice. */
  @Override
  public void close() {
    lifecycle.close();
  }
}

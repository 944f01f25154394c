// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.txn.TransactionManager;

/** A database under test. */
public interface TransactionHome extends AutoCloseable {
  /** The running manager; another one after {@link #restart}. */
  TransactionManager manager();

  /** Stops, and starts again with what was committed. No transaction is open. */
  void restart();

  @Override
  void close();
}

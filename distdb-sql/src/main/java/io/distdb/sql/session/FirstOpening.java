// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.NodeId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.TransactionManager;
import io.distdb.sql.catalog.CatalogVersion;
import io.distdb.sql.catalog.DatabaseList;
import io.distdb.sql.catalog.NodeNumbers;
import io.distdb.sql.catalog.RoleStore;

/** Makes what a store must have before it can be used. Nodes that do so at once do it once. */
final class FirstOpening {
  private FirstOpening() {}

  /**
   * An empty store gets the system tables, and the node a number.
   *
   * @param node null: it is alone
   * @return the node's number; 0 when it is alone
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: the catalog was written by a newer version
   */
  static int run(TransactionManager transactions, NodeId node, Scheduler scheduler) {
    return OwnTransaction.repeatable(
        transactions,
        scheduler,
        transaction -> {
          CatalogVersion version = new CatalogVersion(transaction);
          if (transaction.schemaVersion() == Timestamp.NONE) {
            version.bootstrap();
          } else {
            version.upgrade();
          }
          new DatabaseList(transaction).bootstrap();
          new RoleStore(transaction).bootstrap();
          return node == null ? 0 : new NodeNumbers(transaction).of(node.value());
        });
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;

/**
 * The newest view that anyone has loaded. A transaction whose snapshot has another schema version
 * loads its own; a newer one replaces the view kept here. Thread-safe; the common case is one
 * volatile read and one comparison.
 */
public final class CatalogCache {
  private static final TransactionOptions READ_ONLY = TransactionOptions.DEFAULT.withReadOnly(true);

  private final TransactionManager transactions;
  private volatile CatalogView newest;

  /**
   * @param transactions over the definitions
   */
  public CatalogCache(TransactionManager transactions) {
    this.transactions = transactions;
  }

  /**
   * The definitions that {@code transaction}'s snapshot sees. Not for a transaction that changed
   * definitions itself: that one uses {@link CatalogReader} on its own.
   */
  public CatalogView view(Transaction transaction) {
    long version = transaction.schemaVersion();
    CatalogView known = newest;
    if (known != null && known.schemaVersion() == version) {
      return known;
    }
    CatalogView loaded = load(transaction, version);
    if (known == null || known.schemaVersion() < version) {
      newest = loaded;
    }
    return loaded;
  }

  /**
   * A transaction that keeps its snapshot, or locks what it reads, has read nothing by having its
   * statement understood: its snapshot may still move behind a lock that it waits for.
   */
  private CatalogView load(Transaction transaction, long version) {
    if (transaction.isolation() != IsolationLevel.READ_COMMITTED && !transaction.readOnly()) {
      try (Transaction own = transactions.begin(READ_ONLY)) {
        if (own.schemaVersion() == version) {
          return CatalogReader.read(own);
        }
      }
    }
    return CatalogReader.read(transaction);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.txn.Transaction;

/**
 * The newest view that anyone has loaded. A transaction whose snapshot has another schema version
 * loads its own; a newer one replaces the view kept here. Thread-safe; the common case is one
 * volatile read and one comparison.
 */
public final class CatalogCache {
  private volatile CatalogView newest;

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
    CatalogView loaded = CatalogReader.read(transaction);
    if (known == null || known.schemaVersion() < version) {
      newest = loaded;
    }
    return loaded;
  }
}

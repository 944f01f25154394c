// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.TableId;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;

/**
 * Where one database of a store keeps its system tables.
 *
 * <p>Design: ids of tables and indexes are given out once in a store's life, so the databases of a
 * store need not divide them. What they would share are the fixed ids below {@link #SYSTEM_IDS}:
 * each database but the main one has a window of its own for these, far above every id that is ever
 * given out, and its transactions replace the one by the other. Nothing above the transactions
 * knows; the main database pays nothing, another a comparison for each access. Ids from {@link
 * #SHARED_IDS} on are the same for all: the list of databases. See docs/adr/0010.
 */
public record CatalogSpace(long number) {
  /** The main database's: ids stay as they are. */
  public static final CatalogSpace MAIN = new CatalogSpace(0);

  /** Ids below are the system's. */
  static final int SYSTEM_IDS = 100;

  /** System ids from here on belong to all databases. */
  static final int SHARED_IDS = 90;

  private static final long FIRST_WINDOW = 1L << 48;
  private static final int WINDOW_BITS = 7;

  /**
   * @param number 0 for the main database; else given out by {@link TransactionManager#newIndexId},
   *     below 2^40
   */
  public CatalogSpace {
    if (number < 0 || number >= 1L << 40) {
      throw new IllegalArgumentException("the number of a database is out of range: " + number);
    }
  }

  /** Whether an index holds definitions, of whatever database: not rows or entries of a table. */
  public static boolean isSystem(IndexId index) {
    return isSystem(index.value());
  }

  static boolean isSystem(long id) {
    return id < SYSTEM_IDS || id >= FIRST_WINDOW;
  }

  /** The fixed id that the id of a system table stands for, whatever its database. */
  static int local(long id) {
    return (int) (id & (1 << WINDOW_BITS) - 1);
  }

  /** The number of the space that has the system table of this id. */
  static long numberOf(long id) {
    return id < SYSTEM_IDS ? 0 : id - FIRST_WINDOW >> WINDOW_BITS;
  }

  /** {@code shared}, whose transactions see this space's system tables. */
  public TransactionManager over(TransactionManager shared) {
    return number == 0 ? shared : new SpaceTransactionManager(shared, this);
  }

  /** {@code shared} as it looks from this space. */
  Transaction over(Transaction shared) {
    return number == 0 ? shared : new SpaceTransaction(shared, windows());
  }

  /** The space that {@code transaction} sees. */
  static CatalogSpace of(Transaction transaction) {
    return transaction instanceof SpaceTransaction inside
        ? new CatalogSpace(numberOf(inside.window(new IndexId(0)).value()))
        : MAIN;
  }

  /** {@code transaction} as it looks from the main database. */
  static Transaction shared(Transaction transaction) {
    return transaction instanceof SpaceTransaction inside ? inside.shared() : transaction;
  }

  /** The ids to use in place of the fixed ones, by those. */
  IndexId[] windows() {
    IndexId[] windows = new IndexId[SHARED_IDS];
    for (int id = 0; id < SHARED_IDS; id++) {
      windows[id] = new IndexId(moved(id));
    }
    return windows;
  }

  private long moved(long id) {
    return number == 0 ? id : FIRST_WINDOW + (number << WINDOW_BITS) + id;
  }

  /** As {@link #windows} for the objects that schema changes lock. */
  static TableId table(IndexId[] windows, TableId table) {
    return table.value() < SHARED_IDS ? new TableId(windows[(int) table.value()].value()) : table;
  }

  static IndexId index(IndexId[] windows, IndexId index) {
    long id = index.value();
    return id < SHARED_IDS ? windows[(int) id] : index;
  }
}

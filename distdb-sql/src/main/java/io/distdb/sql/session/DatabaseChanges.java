// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.CatalogSpace;
import io.distdb.sql.catalog.DatabaseList;

/** CREATE DATABASE and DROP DATABASE. */
final class DatabaseChanges {
  private final Databases databases;
  private final TransactionManager transactions;
  private final Retirement retirement;

  DatabaseChanges(Databases databases, TransactionManager transactions, Retirement retirement) {
    this.databases = databases;
    this.transactions = transactions;
    this.retirement = retirement;
  }

  /**
   * CREATE DATABASE.
   *
   * @param owner a role
   * @throws DistDbException {@code DUPLICATE_DATABASE}
   */
  void create(String name, long owner) {
    CatalogSpace space = new CatalogSpace(transactions.newIndexId().value());
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      new DatabaseList(transaction).create(name, space, owner);
      transaction.commit();
    }
  }

  /**
   * DROP DATABASE.
   *
   * @param from the database of the session that says so
   * @return false: there is none of that name, and {@code ifExists}
   * @throws DistDbException {@code DATABASE_IN_USE}, {@code UNDEFINED_DATABASE}; {@code
   *     FEATURE_NOT_SUPPORTED}: it is the main one
   */
  boolean drop(String name, Database from, boolean ifExists) {
    if (name.equals(from.name())) {
      throw new DistDbException(
          ErrorCode.DATABASE_IN_USE, "cannot drop the currently open database");
    }
    if (name.equals(Databases.MAIN)) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED,
          "dropping database \""
              + Databases.MAIN
              + "\" is not supported: it holds the list of databases");
    }
    if (databases.find(name).isEmpty()) {
      if (ifExists) {
        return false;
      }
      throw new DistDbException(
          ErrorCode.UNDEFINED_DATABASE, "database \"" + name + "\" does not exist");
    }
    Database victim = databases.database(name);
    victim.awaitNobody();
    retirement.retire(victim);
    boolean dropped = false;
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      new DatabaseList(transaction).drop(name);
      transaction.commit();
      dropped = true;
    } finally {
      if (dropped) {
        databases.forget(victim);
      } else {
        retirement.unretire(victim);
      }
    }
    return true;
  }
}

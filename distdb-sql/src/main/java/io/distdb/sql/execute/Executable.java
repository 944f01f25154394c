// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.TableId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import java.util.List;

/** A compiled plan: immutable, shared by sessions, run many times. */
public sealed interface Executable {
  /** Tables that it reads or writes. */
  List<TableId> tables();

  /** Whether it holds locks of its tables whatever the isolation: it changes or locks rows. */
  boolean locksTables();

  /**
   * Locks what it needs against schema changes: the table that it writes; under SERIALIZABLE, which
   * reads the newest rows, the tables that it reads as well.
   *
   * @param schemaVersion the one that the plan was made for
   * @throws io.distdb.api.error.DistDbException {@code SERIALIZATION_FAILURE}: the plan is stale
   */
  default void lockTables(Transaction transaction, long schemaVersion) {
    boolean locks = locksTables() || transaction.isolation() == IsolationLevel.SERIALIZABLE;
    if (locks && !transaction.readOnly()) {
      List<TableId> tables = tables();
      for (int i = 0; i < tables.size(); i++) {
        transaction.lockTable(tables.get(i), LockStrength.SHARED, schemaVersion);
      }
    }
  }

  /** It answers with rows. */
  non-sealed interface Query extends Executable {
    RowSource open(Execution execution);

    @Override
    default boolean locksTables() {
      return false;
    }

    /** Whether there is at most one row and {@link #open} has read it already. */
    boolean isPoint();
  }

  /** It changes rows and answers how many. */
  non-sealed interface Change extends Executable {
    /** {@code INSERT}, {@code UPDATE} or {@code DELETE}. */
    String tag();

    @Override
    default boolean locksTables() {
      return true;
    }

    /** Whether it has RETURNING. */
    boolean returnsRows();

    /**
     * @param returned gets the rows of RETURNING
     * @return rows inserted, updated or deleted
     */
    long run(Execution execution, ReturnedRows returned);

    /**
     * Runs once for each of {@code executions}, which differ in their parameters, as one statement;
     * it does not return rows.
     *
     * @return rows inserted, updated or deleted by all of them
     */
    default long runEach(Iterable<Execution> executions) {
      long count = 0;
      for (Execution execution : executions) {
        count += run(execution, null);
      }
      return count;
    }
  }
}

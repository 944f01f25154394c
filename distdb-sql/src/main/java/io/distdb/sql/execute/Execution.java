// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.txn.Transaction;
import io.distdb.api.type.Value;

/**
 * One run of a plan.
 *
 * @param parameters of exactly the types that the plan's parameters have, or NULL; an integer may
 *     stand for a wider number
 * @param kept the session's
 * @param commonTables what WITH has given names to around this part of the plan
 */
public record Execution(
    Transaction transaction,
    Value[] parameters,
    Cancellation cancellation,
    RowIds rowIds,
    KeptRuns kept,
    CommonTableRows commonTables) {
  public Execution(
      Transaction transaction,
      Value[] parameters,
      Cancellation cancellation,
      RowIds rowIds,
      KeptRuns kept) {
    this(transaction, parameters, cancellation, rowIds, kept, CommonTableRows.NONE);
  }

  /** The same run where more tables of WITH can be read. */
  Execution with(CommonTableRows tables) {
    return new Execution(transaction, parameters, cancellation, rowIds, kept, tables);
  }
}

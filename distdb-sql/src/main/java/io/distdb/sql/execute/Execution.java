// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import io.distdb.api.type.Value;
import io.distdb.sql.function.Caller;
import io.distdb.sql.function.Environment;
import io.distdb.sql.function.SessionControl;
import java.util.Arrays;
import java.util.function.BooleanSupplier;

/**
 * One run of a plan, or of a subplan within it.
 *
 * @param parameters of exactly the types that the plan's parameters have, or NULL; an integer may
 *     stand for a wider number
 * @param memory what the statement may hold
 * @param kept the session's
 * @param commonTables what WITH has given names to around this part of the plan
 * @param correlations by slot, what subplans read of the rows around them
 * @param subplans what the statement's subplans have answered so far; null without any
 * @param streams what COPY reads and writes; null without any
 * @param deferred what is checked at the end of the block; null outside of one
 * @param end what is left for the end of a statement of several changes; null for one change
 */
public record Execution(
    Transaction transaction,
    Value[] parameters,
    Cancellation cancellation,
    RowIds rowIds,
    Environment environment,
    QueryMemory memory,
    KeptRuns kept,
    CommonTableRows commonTables,
    Value[] correlations,
    SubplanRuns subplans,
    CopyStreams streams,
    StatementEnd end,
    DeferredChecks deferred)
    implements Caller {
  private static final Value[] NONE = {};

  public Execution(
      Transaction transaction,
      Value[] parameters,
      Cancellation cancellation,
      RowIds rowIds,
      Environment environment,
      QueryMemory memory,
      KeptRuns kept,
      CopyStreams streams) {
    this(transaction, parameters, cancellation, rowIds, environment, memory, kept, streams, null);
  }

  public Execution(
      Transaction transaction,
      Value[] parameters,
      Cancellation cancellation,
      RowIds rowIds,
      Environment environment,
      QueryMemory memory,
      KeptRuns kept,
      CopyStreams streams,
      DeferredChecks deferred) {
    this(
        transaction,
        parameters,
        cancellation,
        rowIds,
        environment,
        memory,
        kept,
        CommonTableRows.NONE,
        NONE,
        null,
        streams,
        null,
        deferred);
  }

  @Override
  public void checkCanceled() {
    cancellation.check();
  }

  @Override
  public void sleepUntil(BooleanSupplier done, long nanos) {
    SessionControl session = environment.session();
    cancellation.sleep(session.waiter(), done, session::nanoTime, nanos);
  }

  private Execution of(
      CommonTableRows tables, Value[] values, SubplanRuns runs, StatementEnd last) {
    return new Execution(
        transaction,
        parameters,
        cancellation,
        rowIds,
        environment,
        memory,
        kept,
        tables,
        values,
        runs,
        streams,
        last,
        deferred);
  }

  /** The same run where more tables of WITH can be read. */
  Execution with(CommonTableRows tables) {
    return of(tables, correlations, subplans, end);
  }

  /** The same run as one of several changes that end together. */
  Execution within(StatementEnd shared) {
    return of(commonTables, correlations, subplans, shared);
  }

  /** Whether another change of the same statement wrote the row. */
  boolean isChangedAlready(IndexId rows, Bytes key) {
    return end != null && transaction.isHidden(rows, key);
  }

  /** The same run with a place for the answers of subplans. */
  Execution with(SubplanRuns runs) {
    return of(commonTables, correlations, runs, end);
  }

  /** The same with values in some slots. */
  Execution correlated(int[] slots, Value[] values) {
    int length = correlations.length;
    for (int slot : slots) {
      length = Math.max(length, slot + 1);
    }
    Value[] all = Arrays.copyOf(correlations, length);
    for (int i = 0; i < slots.length; i++) {
      all[slots[i]] = values[i];
    }
    return of(commonTables, all, subplans, end);
  }
}

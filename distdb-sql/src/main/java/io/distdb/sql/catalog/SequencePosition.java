// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.Bytes;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.RowLock;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.WaitPolicy;

/**
 * How far a sequence has come.
 *
 * @param next what is handed out next
 * @param exhausted there is nothing left to hand out
 */
public record SequencePosition(long next, boolean exhausted) {
  /** The newest position; it stays locked until {@code transaction} ends. */
  public static SequencePosition lock(Transaction transaction, Sequence sequence) {
    RowLock lock =
        transaction.lock(
            SystemTables.SEQUENCE_STATE,
            SystemTables.key(sequence.state()),
            LockStrength.EXCLUSIVE,
            WaitPolicy.WAIT);
    return of(lock instanceof RowLock.Held held ? held.value() : null, sequence);
  }

  /** The position as {@code transaction} sees it. */
  public static SequencePosition read(Transaction transaction, Sequence sequence) {
    Bytes key = SystemTables.key(sequence.state());
    return of(transaction.get(SystemTables.SEQUENCE_STATE, key), sequence);
  }

  private static SequencePosition of(Bytes row, Sequence sequence) {
    if (row == null) {
      return new SequencePosition(sequence.first(), false);
    }
    return new SequencePosition(
        SystemTables.SEQUENCE_STATE_ROW.getLong(row, 1),
        SystemTables.SEQUENCE_STATE_ROW.getBoolean(row, 2));
  }

  public void write(Transaction transaction, Sequence sequence) {
    transaction.put(
        SystemTables.SEQUENCE_STATE,
        SystemTables.key(sequence.state()),
        SystemRows.row(SystemTables.SEQUENCE_STATE_ROW, sequence.state(), next, exhausted));
  }

  /**
   * How many numbers there are from here, up to {@code most}; 0 when {@link #next} is out of
   * bounds.
   */
  public long available(Sequence sequence, long most) {
    if (exhausted || next < sequence.minimum() || next > sequence.maximum()) {
      return 0;
    }
    long step = sequence.increment();
    // the distance may exceed a long, but not an unsigned one
    long distance = step > 0 ? sequence.maximum() - next : next - sequence.minimum();
    long stride = step > 0 ? step : -step;
    long further = Long.divideUnsigned(distance, stride);
    return Long.compareUnsigned(further, most - 1) < 0 ? further + 1 : most;
  }

  /** The position after {@code count} numbers, at least one and no more than are available. */
  public SequencePosition after(Sequence sequence, long count) {
    long last = next + (count - 1) * sequence.increment();
    boolean more = new SequencePosition(last, false).available(sequence, 2) == 2;
    if (more) {
      return new SequencePosition(last + sequence.increment(), false);
    }
    return sequence.cycles()
        ? new SequencePosition(begin(sequence), false)
        : new SequencePosition(last, true);
  }

  /** Where a cycle begins anew. */
  public static long begin(Sequence sequence) {
    return sequence.increment() > 0 ? sequence.minimum() : sequence.maximum();
  }
}

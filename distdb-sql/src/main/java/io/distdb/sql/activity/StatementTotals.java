// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;

/**
 * Adds up the runs of one statement. Thread-safe, never waits, makes no garbage: each number is
 * added to on its own, so that a reader may see a run half counted.
 */
public final class StatementTotals {
  private static final VarHandle CALLS = field("calls");
  private static final VarHandle NANOS = field("nanos");
  private static final VarHandle ROWS = field("rows");
  private static final VarHandle MIN = field("min");
  private static final VarHandle MAX = field("max");

  private long calls;
  private long nanos;
  private long rows;
  private long min = Long.MAX_VALUE;
  private long max;

  private static VarHandle field(String name) {
    try {
      return MethodHandles.lookup().findVarHandle(StatementTotals.class, name, long.class);
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  /** One more run that has succeeded. */
  public void addRun(long taken) {
    CALLS.getAndAdd(this, 1L);
    NANOS.getAndAdd(this, taken);
    for (long seen = (long) MIN.getOpaque(this); taken < seen; seen = (long) MIN.getOpaque(this)) {
      MIN.weakCompareAndSetPlain(this, seen, taken);
    }
    for (long seen = (long) MAX.getOpaque(this); taken > seen; seen = (long) MAX.getOpaque(this)) {
      MAX.weakCompareAndSetPlain(this, seen, taken);
    }
  }

  /** Rows that were given out, or changed. */
  public void addRows(long count) {
    if (count > 0) {
      ROWS.getAndAdd(this, count);
    }
  }

  public long calls() {
    return (long) CALLS.getOpaque(this);
  }

  /** As if there had been no run. */
  public void reset() {
    CALLS.setOpaque(this, 0L);
    NANOS.setOpaque(this, 0L);
    ROWS.setOpaque(this, 0L);
    MIN.setOpaque(this, Long.MAX_VALUE);
    MAX.setOpaque(this, 0L);
  }

  public StatementRow row(String database, String query) {
    long least = (long) MIN.getOpaque(this);
    return new StatementRow(
        database,
        query,
        calls(),
        (long) NANOS.getOpaque(this),
        least == Long.MAX_VALUE ? 0 : least,
        (long) MAX.getOpaque(this),
        (long) ROWS.getOpaque(this));
  }
}

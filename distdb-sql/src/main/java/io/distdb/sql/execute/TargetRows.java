// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;

/**
 * Finds the rows that an UPDATE or DELETE changes, locks them, and hands them out in batches of
 * their newest values. Immutable; the state of a run is in {@link Run}, which serves one run after
 * another.
 */
abstract class TargetRows {
  abstract Run newRun();

  /** What one run after another works with. */
  abstract static class Run {
    /** By position in {@link #batch}: keys and stored values of the locked rows. */
    Bytes[] keys;

    Bytes[] rows;

    /** Begins a run: finds the candidates, locks none yet. */
    abstract Run begin(Execution execution);

    /** Fills {@link #batch()}, {@link #keys} and {@link #rows}; false when there are no more. */
    abstract boolean next();

    /**
     * The table's columns by ordinal, null where they are not needed, then those of other tables;
     * valid until {@link #next}.
     */
    abstract Batch batch();

    /** Lets go of the run that is over and of its values; whether the rest is worth keeping. */
    abstract boolean release();
  }
}

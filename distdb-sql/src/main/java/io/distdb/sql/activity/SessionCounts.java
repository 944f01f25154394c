// SPDX-License-Identifier: MIT
package io.distdb.sql.activity;

import io.distdb.api.error.ErrorCode;

/**
 * What a session has done, counted by its thread in plain fields: others read whenever they like,
 * and may see the numbers of different moments.
 */
public final class SessionCounts {
  private long commits;
  private long rollbacks;
  private long returned;
  private long inserted;
  private long updated;
  private long deleted;
  private long deadlocks;
  private long activeNanos;

  public void committed() {
    commits++;
  }

  public void rolledBack() {
    rollbacks++;
  }

  /** A query has given out so many rows. */
  public void returned(long rows) {
    returned += rows;
  }

  /**
   * Rows were changed, whatever becomes of the transaction.
   *
   * @param tag of the statement that did it, such as {@code UPDATE}
   */
  public void changed(String tag, long rows) {
    switch (tag) {
      case "INSERT", "COPY" -> inserted += rows;
      case "UPDATE" -> updated += rows;
      case "DELETE" -> deleted += rows;
      default -> {
        // a query around changes: only it tells how many rows it has
      }
    }
  }

  /** An attempt to run a statement ended with an error. */
  public void failed(ErrorCode code) {
    if (code == ErrorCode.DEADLOCK_DETECTED) {
      deadlocks++;
    }
  }

  /** A statement has taken so long. */
  public void active(long nanos) {
    activeNanos += nanos;
  }

  /** Adds what {@code other} counted. */
  public void add(SessionCounts other) {
    commits += other.commits;
    rollbacks += other.rollbacks;
    returned += other.returned;
    inserted += other.inserted;
    updated += other.updated;
    deleted += other.deleted;
    deadlocks += other.deadlocks;
    activeNanos += other.activeNanos;
  }

  public long commits() {
    return commits;
  }

  public long rollbacks() {
    return rollbacks;
  }

  public long returned() {
    return returned;
  }

  public long inserted() {
    return inserted;
  }

  public long updated() {
    return updated;
  }

  public long deleted() {
    return deleted;
  }

  public long deadlocks() {
    return deadlocks;
  }

  public long activeNanos() {
    return activeNanos;
  }
}

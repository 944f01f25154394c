// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.sql.activity.StatementMetrics;
import io.distdb.sql.activity.StatementTotals;
import io.distdb.sql.execute.Cancellation;
import io.distdb.sql.spill.SpillScope;
import io.distdb.sql.spill.SpillSpace;

/** A statement under way: what a cancellation and a time-out reach. */
final class RunningStatement {
  private final Cancellation cancellation;
  private final SpillScope spill;
  private volatile Transaction transaction;
  private volatile boolean handedOn;
  private Scheduler.Timer timer;

  // What is said of it when its rows are read; 0: its time is not wanted.
  private long began;
  private StatementTotals totals;
  private String text;
  private Arguments arguments;
  private StatementMetrics.Kind kind;

  RunningStatement(SpillSpace space, Cancellation cancellation) {
    this.cancellation = cancellation;
    spill = new SpillScope(space);
  }

  /** Its temporary files, which end with it. */
  SpillScope spill() {
    return spill;
  }

  Cancellation cancellation() {
    return cancellation;
  }

  /** The transaction that it runs in now; a retry brings another. */
  void within(Transaction current) {
    transaction = current;
  }

  /** Null before it has one, and when it is over. */
  Transaction transaction() {
    return transaction;
  }

  void startTimer(Scheduler scheduler, long timeoutNanos) {
    if (timeoutNanos > 0) {
      timer =
          scheduler.after(timeoutNanos, "statement-timeout", () -> request("statement timeout"));
    }
  }

  /** Ends the statement at its next batch or in its wait. Any thread. */
  void request(String why) {
    cancellation.request(why);
    Transaction current = transaction;
    if (current != null) {
      current.cancel();
    }
  }

  /** The error, in the words of who canceled the statement: a wait for a lock does not know. */
  DistDbException reasoned(DistDbException error) {
    String why = cancellation.reason();
    return error.code() == ErrorCode.QUERY_CANCELED && why != null
        ? new DistDbException(ErrorCode.QUERY_CANCELED, "canceling statement due to " + why, error)
        : error;
  }

  /** Its rows are somebody's to read: it goes on when he does. */
  void handOn() {
    handedOn = true;
  }

  boolean isHandedOn() {
    return handedOn;
  }

  void stopTimer() {
    if (timer != null) {
      timer.cancel();
    }
  }

  /**
   * Remembers what to say when its rows were read.
   *
   * @param newTotals null: it is not counted
   */
  void measure(
      long newBegan,
      StatementTotals newTotals,
      String newText,
      Arguments newArguments,
      StatementMetrics.Kind newKind) {
    began = newBegan;
    totals = newTotals;
    text = newText;
    arguments = newArguments;
    kind = newKind;
  }

  /** Its rows broke off: it is no run to count. */
  void doNotCount() {
    totals = null;
  }

  long began() {
    return began;
  }

  StatementTotals totals() {
    return totals;
  }

  String text() {
    return text;
  }

  StatementMetrics.Kind kind() {
    return kind;
  }

  Arguments arguments() {
    return arguments;
  }

  /** It is over. */
  void end() {
    transaction = null;
    spill.close();
    stopTimer();
  }

  /** Whether it may serve the next statement: no timer can still be on its way to it. */
  boolean isReusable() {
    return timer == null;
  }

  /** Forgets a cancellation that came too late for the last statement. */
  RunningStatement renewed() {
    cancellation.reset();
    if (began != 0) {
      measure(0, null, null, null, null);
    }
    if (handedOn) {
      handedOn = false;
    }
    return this;
  }
}

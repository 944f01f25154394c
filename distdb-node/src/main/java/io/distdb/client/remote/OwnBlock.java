// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import java.util.concurrent.TimeUnit;
import java.util.function.LongSupplier;
import java.util.function.Supplier;

/** Blocks that a session opens by itself, around what is one transaction. */
final class OwnBlock {
  private static final int ATTEMPTS_MAX = 100;
  private static final int PAUSE_SHIFT_MAX = 6;

  private final RemoteSession session;
  private final Scheduler scheduler;

  OwnBlock(RemoteSession session, Scheduler scheduler) {
    this.session = session;
    this.scheduler = scheduler;
  }

  /**
   * Commits what a statement does with which BEGIN is sent; it is run again while others get in its
   * way, as the server does with one outside of a block.
   */
  Answer commit(Supplier<Answer> statement) {
    for (int attempt = 1; ; attempt++) {
      boolean done = false;
      try {
        Answer answer = statement.get();
        session.command("COMMIT");
        done = true;
        return answer;
      } catch (DistDbException failure) {
        if (!passes(failure) || attempt == ATTEMPTS_MAX) {
          throw failure;
        }
      } finally {
        if (!done) {
          session.rollBackQuietly();
        }
      }
      long pause = TimeUnit.MILLISECONDS.toNanos(1L << Math.min(attempt, PAUSE_SHIFT_MAX));
      scheduler.newWaiter().await(pause);
    }
  }

  private boolean passes(DistDbException failure) {
    return !session.isLost()
        && (failure.code() == ErrorCode.SERIALIZATION_FAILURE
            || failure.code() == ErrorCode.DEADLOCK_DETECTED);
  }

  /** Runs {@code body} between BEGIN and COMMIT, once. */
  long around(LongSupplier body) {
    session.command("BEGIN");
    boolean done = false;
    try {
      long answer = body.getAsLong();
      session.command("COMMIT");
      done = true;
      return answer;
    } finally {
      if (!done) {
        session.rollBackQuietly();
      }
    }
  }
}

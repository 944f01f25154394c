// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/**
 * Who may touch a session: its own thread, or, while that has nothing to do, whoever ends it from
 * outside.
 *
 * <p>Design: {@link #idle} is even while the session's thread uses it, odd while it waits for the
 * client, each wait with a number of its own, and {@link #TAKEN} once the session was ended during
 * a wait. Who ends an idle session takes it by compare-and-set, and rolls its block back at once; a
 * session that is in use has its statement cancelled, again and again until it ends, for a cancel
 * may come just before the statement begins. Its own thread finds out at the end of the statement
 * at the latest.
 */
final class SessionHold {
  private static final long TAKEN = -1;
  private static final long AGAIN_NANOS = 100_000_000;
  private static final int LOOKS = 10;

  private final LocalSession session;
  private final Scheduler scheduler;
  private final AtomicLong idle = new AtomicLong();
  private final AtomicReference<Termination> termination = new AtomicReference<>();
  private volatile Consumer<DistDbException> listener = ended -> {};
  private Scheduler.Timer timer;
  private volatile boolean closing;

  SessionHold(LocalSession session, Scheduler scheduler) {
    this.session = session;
    this.scheduler = scheduler;
  }

  void onTermination(Consumer<DistDbException> newListener) {
    listener = newListener;
  }

  /** Why the session is to end; null while it is not. Any thread. */
  Termination termination() {
    return termination.get();
  }

  /**
   * @throws DistDbException the session is to end, or has ended
   */
  void check() {
    Termination why = termination.get();
    if (why != null && !closing) {
      throw why.error();
    }
  }

  // --- the session's thread ---

  /**
   * The client is to say what comes next.
   *
   * @param timeoutNanos after which the session ends; 0: never
   */
  void beginIdle(long timeoutNanos, Termination why) {
    check();
    long number = idle.get() + 1;
    if (timeoutNanos > 0) {
      timer = scheduler.after(timeoutNanos, "idle-timeout", () -> take(number, why));
    }
    idle.set(number);
    if (termination.get() != null && take(number, why)) {
      check();
    }
  }

  /**
   * The client has said something.
   *
   * @throws DistDbException it came too late
   */
  void endIdle() {
    long number = idle.get();
    boolean ours = (number & 1) == 0 || idle.compareAndSet(number, number + 1);
    if (timer != null) {
      timer.cancel();
      timer = null;
    }
    if (!ours || number == TAKEN) {
      throw termination.get().error();
    }
  }

  /** Waits until whoever took the session has let it go: it is the caller's, to be closed. */
  synchronized void close() {
    closing = true;
    if (timer != null) {
      timer.cancel();
    }
  }

  // --- any thread ---

  /** Ends the session: at once while it is idle, else as soon as its statement has ended. */
  void terminate(Termination why) {
    long number = idle.get();
    if ((number & 1) == 1 && number != TAKEN && take(number, why)) {
      return;
    }
    if (termination.compareAndSet(null, why)) {
      listener.accept(why.error());
      again(why, 1);
    }
  }

  /**
   * @param look the how manieth: after the last only a statement that runs is looked after
   */
  private void again(Termination why, int look) {
    if (closing || look > LOOKS && !session.runner().current().isUnderWay()) {
      return;
    }
    long number = idle.get();
    if ((number & 1) == 1 && (number == TAKEN || take(number, why))) {
      return;
    }
    session.cancel();
    scheduler.after(AGAIN_NANOS, "terminate-session", () -> again(why, look + 1));
  }

  private synchronized boolean take(long number, Termination why) {
    if (!idle.compareAndSet(number, TAKEN)) {
      return false;
    }
    boolean first = termination.compareAndSet(null, why);
    session.letGo();
    if (first) {
      listener.accept(why.error());
    }
    return true;
  }
}

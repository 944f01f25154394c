// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.jline.utils.Signals;

/**
 * Waits for SIGTERM or Ctrl-C, which Java would answer by ending the process with exit code 143 or
 * 130, as if it had been killed. What else makes Java end, such as SIGHUP, is held back until
 * {@link #close}.
 */
final class EndOfProcess implements AutoCloseable {
  private static final List<String> SIGNALS = List.of("TERM", "INT");

  private final Waiter asked;
  private volatile boolean ends;
  private final Waiter closed;
  private final Map<String, Object> earlier = new HashMap<>();

  EndOfProcess(Scheduler scheduler) {
    asked = scheduler.newWaiter();
    closed = scheduler.newWaiter();
    Runtime.getRuntime().addShutdownHook(new Hook());
    SIGNALS.forEach(signal -> earlier.put(signal, Signals.register(signal, this::ask)));
  }

  /** The JDK wants a thread that was not started. */
  private final class Hook extends Thread {
    Hook() {
      super("distdb-end");
    }

    @Override
    public void run() {
      ask();
      closed.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  private void ask() {
    ends = true;
    asked.signal();
  }

  /**
   * For a start that waits.
   *
   * @throws DistDbException {@code SHUTTING_DOWN}: the process is to end
   */
  void check() {
    if (ends) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the node was asked to end at its start");
    }
  }

  /** Waits until the process is to end. */
  void await() {
    asked.awaitUninterruptibly(Waiter.FOREVER);
  }

  /** Everything is closed: the process may end. */
  @Override
  public void close() {
    earlier.forEach(Signals::unregister);
    closed.signal();
  }
}

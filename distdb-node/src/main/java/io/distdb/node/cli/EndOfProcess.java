// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

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
  private final Waiter closed;
  private final Map<String, Object> earlier = new HashMap<>();

  EndOfProcess(Scheduler scheduler) {
    asked = scheduler.newWaiter();
    closed = scheduler.newWaiter();
    Runtime.getRuntime().addShutdownHook(new Hook());
    SIGNALS.forEach(signal -> earlier.put(signal, Signals.register(signal, asked::signal)));
  }

  /** The JDK wants a thread that was not started. */
  private final class Hook extends Thread {
    Hook() {
      super("distdb-end");
    }

    @Override
    public void run() {
      asked.signal();
      closed.awaitUninterruptibly(Waiter.FOREVER);
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

// SPDX-License-Identifier: MIT
package io.distdb.api.time;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.concurrent.ScheduledThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The JDK's threads. The timer thread exists only while a timer is set. */
final class ThreadScheduler implements Scheduler {
  /** Made when it is first needed: who opens a database can begin before logging is set up. */
  private static final class Faults {
    static final Logger LOG = LoggerFactory.getLogger(ThreadScheduler.class);
  }

  private final ScheduledThreadPoolExecutor timers;

  ThreadScheduler() {
    timers =
        new ScheduledThreadPoolExecutor(
            1, body -> Thread.ofPlatform().daemon().name("distdb-timer").unstarted(body));
    timers.setKeepAliveTime(1, TimeUnit.SECONDS);
    timers.allowCoreThreadTimeOut(true);
    timers.setRemoveOnCancelPolicy(true);
  }

  @Override
  public Waiter newWaiter() {
    return new ParkingWaiter();
  }

  @Override
  public Task start(String name, Runnable body) {
    Thread thread = Thread.ofPlatform().daemon().name(name).start(() -> runLogged(name, body));
    return () -> joinUninterruptibly(thread);
  }

  @Override
  public Task startLight(String name, Runnable body) {
    Thread thread = Thread.ofVirtual().name(name).start(() -> runLogged(name, body));
    return () -> joinUninterruptibly(thread);
  }

  @Override
  public void giveWay() {
    if (Thread.currentThread().isVirtual()) {
      Thread.yield();
    }
  }

  @Override
  public void standBack() {
    if (Thread.currentThread().isVirtual()) {
      LockSupport.parkNanos(this, 1);
    }
  }

  @Override
  public Timer after(long delayNanos, String name, Runnable action) {
    var future =
        timers.schedule(
            () -> runLogged(name, action), Math.max(0, delayNanos), TimeUnit.NANOSECONDS);
    return () -> future.cancel(false);
  }

  private static void runLogged(String name, Runnable body) {
    try {
      body.run();
    } catch (RuntimeException | Error failure) {
      Faults.LOG.error("{} ended with an error", name, failure);
      if (failure instanceof Error error) {
        throw error;
      }
    }
  }

  private static void joinUninterruptibly(Thread thread) {
    boolean interrupted = false;
    while (true) {
      try {
        thread.join();
        break;
      } catch (InterruptedException retry) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  /** Parks the one thread that waits; {@code signalled} keeps a signal that came first. */
  private static final class ParkingWaiter implements Waiter {
    private volatile boolean signalled;
    private volatile Thread waiting;

    @Override
    public boolean await(long timeoutNanos) {
      return await(timeoutNanos, true);
    }

    @Override
    public boolean awaitUninterruptibly(long timeoutNanos) {
      return await(timeoutNanos, false);
    }

    private boolean await(long timeoutNanos, boolean interruptible) {
      waiting = Thread.currentThread();
      boolean interrupted = false;
      long deadline = timeoutNanos == FOREVER ? 0 : System.nanoTime() + timeoutNanos;
      try {
        while (!signalled) {
          if (timeoutNanos == FOREVER) {
            LockSupport.park(this);
          } else {
            long left = deadline - System.nanoTime();
            if (left <= 0) {
              return false;
            }
            LockSupport.parkNanos(this, left);
          }
          if (Thread.interrupted()) {
            interrupted = true;
            if (interruptible) {
              throw new DistDbException(
                  ErrorCode.QUERY_CANCELED, "canceling statement due to user request");
            }
          }
        }
        signalled = false;
        return true;
      } finally {
        waiting = null;
        if (interrupted) {
          Thread.currentThread().interrupt();
        }
      }
    }

    @Override
    public void signal() {
      signalled = true;
      Thread thread = waiting;
      if (thread != null) {
        LockSupport.unpark(thread);
      }
    }
  }
}

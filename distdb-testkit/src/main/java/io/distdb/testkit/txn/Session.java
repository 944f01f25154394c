// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.Retry;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.FutureTask;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * One side of a script of several: a transaction with a thread of its own. A step returns when it
 * is done or when its thread waits (for a lock, say); the next step of the same session begins when
 * the one before is done. After a retryable error the transaction is rolled back and further steps
 * do nothing.
 */
public final class Session implements AutoCloseable {
  private static final int PATIENCE_SECONDS = 60;
  private static final Runnable STOP = () -> {};

  /** Something done to the session's transaction. */
  @FunctionalInterface
  public interface Step<T> {
    T run(Transaction transaction);
  }

  /** A step that was begun. */
  public static final class Pending<T> {
    private final FutureTask<T> task;

    private Pending(FutureTask<T> task) {
      this.task = task;
    }

    public boolean isDone() {
      return task.isDone();
    }

    /** Waits for the end; null when the transaction was or is aborted by a retryable error. */
    public T result() {
      try {
        return task.get(PATIENCE_SECONDS, TimeUnit.SECONDS);
      } catch (ExecutionException failed) {
        if (failed.getCause() instanceof RuntimeException runtime) {
          throw runtime;
        }
        throw new AssertionError(failed.getCause());
      } catch (InterruptedException | TimeoutException stuck) {
        throw new AssertionError("a step of a session does not end", stuck);
      }
    }
  }

  private final LinkedBlockingQueue<Runnable> steps = new LinkedBlockingQueue<>();
  private final Thread thread;
  private final Transaction transaction;
  private volatile DistDbException aborted;
  private volatile boolean committed;

  public Session(TransactionManager manager, TransactionOptions options) {
    transaction = manager.begin(options);
    thread = Thread.ofPlatform().daemon().name("session").start(this::work);
  }

  private void work() {
    try {
      for (Runnable step = steps.take(); step != STOP; step = steps.take()) {
        step.run();
      }
    } catch (InterruptedException end) {
      Thread.currentThread().interrupt();
    }
  }

  /** Begins a step. */
  public <T> Pending<T> start(Step<T> step) {
    FutureTask<T> task = new FutureTask<>(() -> guarded(step));
    steps.add(task);
    while (!task.isDone() && !(steps.isEmpty() && isWaiting())) {
      Thread.onSpinWait();
    }
    return new Pending<>(task);
  }

  /** Between steps the thread waits too, but then the step it was given is done. */
  private boolean isWaiting() {
    Thread.State state = thread.getState();
    return state == Thread.State.WAITING || state == Thread.State.TIMED_WAITING;
  }

  private <T> T guarded(Step<T> step) {
    if (aborted != null || committed) {
      return null;
    }
    try {
      return step.run(transaction);
    } catch (DistDbException failure) {
      if (failure.code().retry() != Retry.TRANSACTION) {
        throw failure;
      }
      aborted = failure;
      transaction.rollback();
      return null;
    }
  }

  /** Runs a step to its end. */
  public <T> T run(Step<T> step) {
    return start(step).result();
  }

  /** Commits; whether that succeeded. */
  public boolean commit() {
    run(own -> {
      own.commit();
      committed = true;
      return true;
    });
    return committed;
  }

  public void rollback() {
    run(own -> {
      own.rollback();
      return true;
    });
  }

  public boolean committed() {
    return committed;
  }

  /** The retryable error that ended it, or null. */
  public DistDbException aborted() {
    return aborted;
  }

  /** For {@link Transaction#cancel} from outside. */
  public Transaction transaction() {
    return transaction;
  }

  @Override
  public void close() {
    start(
            own -> {
              own.rollback();
              return true;
            })
        .result();
    steps.add(STOP);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.ListAppendTransaction;
import io.distdb.testkit.checker.ListAppendTransaction.Append;
import io.distdb.testkit.checker.ListAppendTransaction.Read;
import io.distdb.testkit.checker.ListAppendTransaction.Step;
import io.distdb.testkit.checker.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;

/**
 * Transactions that read lists and append to them, recorded for {@link
 * io.distdb.testkit.checker.ListAppendChecker}. Any number of threads, real or simulated.
 *
 * <p>Few lists are in use at a time, so that transactions get in each other's way; a list that has
 * grown long is left for a new one. Times are counts of begins and ends, which order what happens
 * in one process as well as any clock. The history outlives the database: after a crash it goes on.
 *
 * <p>Source of the workload: Kingsbury and Alvaro, "Elle", VLDB 2020.
 */
public final class ListAppendWorkload {
  private static final int APPENDS_PER_LIST = 40;
  private static final int STEPS_MAX = 4;

  /** One transaction at a time, as a database runs them. Each thread has its own. */
  public interface Connection {
    /**
     * @param readOnly nothing will be appended
     */
    void begin(boolean readOnly);

    /** The list {@code key}, own appends at its end. */
    List<Long> read(long key);

    void append(long key, long value);

    void commit();

    /** Harmless when no transaction is open. */
    void rollback();
  }

  private final AtomicLongArray lists;
  private final AtomicLong nextList;
  private final AtomicLong nextValue = new AtomicLong();
  private final AtomicLong moments = new AtomicLong();
  private final AtomicInteger committed = new AtomicInteger();
  private final AtomicInteger refused = new AtomicInteger();
  private final Queue<ListAppendTransaction> history = new ConcurrentLinkedQueue<>();

  /**
   * @param listsAtATime fewer make more conflicts
   */
  public ListAppendWorkload(int listsAtATime) {
    lists = new AtomicLongArray(listsAtATime);
    nextList = new AtomicLong(listsAtATime);
    for (int i = 0; i < listsAtATime; i++) {
      lists.set(i, i);
    }
  }

  /** What was recorded; complete when all threads have ended. */
  public List<ListAppendTransaction> history() {
    return List.copyOf(history);
  }

  public int committed() {
    return committed.get();
  }

  /** Transactions that ended with a serialization failure or as a deadlock's victim. */
  public int refused() {
    return refused.get();
  }

  /** Transactions that committed a read and an append: those that can take part in a cycle. */
  public long readAndAppended() {
    return history.stream()
        .filter(transaction -> transaction.outcome() == Outcome.COMMITTED)
        .filter(transaction -> transaction.steps().stream().anyMatch(Read.class::isInstance))
        .filter(transaction -> transaction.steps().stream().anyMatch(Append.class::isInstance))
        .count();
  }

  /** Runs transactions until {@code target} have committed, over all threads. */
  public void runUntil(int target, Connection connection, long process, SeededRandom random) {
    while (committed.get() < target) {
      runOne(connection, process, random);
    }
  }

  /**
   * Runs one transaction and records it. A throwable that is no {@link DistDbException}, such as a
   * crash, leaves it recorded too: aborted, or unknown when it was committing.
   */
  public void runOne(Connection connection, long process, SeededRandom random) {
    List<Step> steps = new ArrayList<>();
    int length = 1 + random.below(STEPS_MAX);
    boolean readOnly = random.chance(0.1);
    long begun = moments.getAndIncrement();
    Outcome outcome = Outcome.ABORTED;
    try {
      connection.begin(readOnly);
      for (int i = 0; i < length; i++) {
        step(connection, readOnly, steps, random);
      }
      outcome = Outcome.UNKNOWN;
      connection.commit();
      outcome = Outcome.COMMITTED;
      committed.incrementAndGet();
    } catch (DistDbException failure) {
      outcome = outcomeOf(failure);
      connection.rollback();
    } finally {
      history.add(
          new ListAppendTransaction(process, steps, outcome, begun, moments.getAndIncrement()));
    }
  }

  /** Reads each list that was ever in use, in one recorded transaction. */
  public void readAll(Connection connection, long process) {
    List<Step> steps = new ArrayList<>();
    long begun = moments.getAndIncrement();
    connection.begin(true);
    for (long key = 0; key < nextList.get(); key++) {
      steps.add(new Read(key, connection.read(key)));
    }
    connection.commit();
    history.add(
        new ListAppendTransaction(
            process, steps, Outcome.COMMITTED, begun, moments.getAndIncrement()));
  }

  private void step(
      Connection connection, boolean readOnly, List<Step> steps, SeededRandom random) {
    int slot = random.below(lists.length());
    long key = lists.get(slot);
    if (readOnly || random.chance(0.5)) {
      steps.add(new Read(key, connection.read(key)));
      return;
    }
    long value = nextValue.getAndIncrement();
    // Recorded first: of an append that fails half-way, the value must be known as aborted.
    steps.add(new Append(key, value));
    connection.append(key, value);
    if (value % APPENDS_PER_LIST == 0) {
      lists.set(slot, nextList.getAndIncrement());
    }
  }

  private Outcome outcomeOf(DistDbException failure) {
    return switch (failure.code().retry()) {
      case TRANSACTION -> {
        refused.incrementAndGet();
        yield Outcome.ABORTED;
      }
      case ASK_FIRST -> Outcome.UNKNOWN;
      case NEVER -> {
        if (failure.code() != ErrorCode.DISK_FULL) {
          throw failure;
        }
        yield Outcome.ABORTED;
      }
    };
  }
}

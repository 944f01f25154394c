// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.checker.AnomalyKind;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.ListAppendChecker;
import io.distdb.testkit.checker.ListAppendTransaction;
import io.distdb.testkit.checker.Outcome;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/**
 * Sixteen threads read and append to a few lists, and the checker looks for cycles. Now and then a
 * proposal is refused, or its answer gets lost. Red when a level shows what it must stop; the
 * weaker levels show that the checker sees what they allow.
 */
@Timeout(300)
class ListAppendTest {
  private static final int THREADS = 16;
  private static final int TRANSACTIONS = Integer.getInteger("distdb.listappend", 100_000);
  private static final int REFUSED_EVERY = 1_009;
  private static final int LOST_EVERY = 499;

  @Test
  void aHundredThousandSerializableTransactionsHaveNoCycle() {
    ListAppendWorkload workload = run(IsolationLevel.SERIALIZABLE, TRANSACTIONS);
    new ListAppendChecker(true).check(workload.history()).assertSound();
    assertThat(workload.refused()).as("deadlock victims").isGreaterThan(100);
  }

  @Test
  void repeatableReadShowsWriteSkewAndNothingThatItForbids() {
    ListAppendWorkload workload = run(IsolationLevel.REPEATABLE_READ, TRANSACTIONS / 5);
    CheckResult result = new ListAppendChecker(false).check(workload.history());
    result.at(IsolationLevel.REPEATABLE_READ).assertSound();
    assertThat(result.kinds()).as("what it allows").contains(AnomalyKind.G2_ITEM);
    assertThat(workload.refused()).as("second updaters").isGreaterThan(100);
  }

  @Test
  void readCommittedShowsReadSkewAndNothingThatItForbids() {
    ListAppendWorkload workload = run(IsolationLevel.READ_COMMITTED, TRANSACTIONS / 5);
    CheckResult result = new ListAppendChecker(false).check(workload.history());
    result.at(IsolationLevel.READ_COMMITTED).assertSound();
    assertThat(result.kinds())
        .as("what it allows")
        .contains(AnomalyKind.G_SINGLE, AnomalyKind.LOST_UPDATE);
  }

  private static ListAppendWorkload run(IsolationLevel level, int transactions) {
    ListAppendWorkload workload = new ListAppendWorkload(12);
    Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (TestDatabase database =
        new TestDatabase(Clock.system(), TestDatabase.LIMITS.withGarbageVersionsMin(1_000))) {
      IndexId index = database.createIndex(IndexKind.BTREE);
      database.consensus.beforeApply(faults(database.consensus));
      List<Scheduler.Task> tasks = new ArrayList<>();
      for (int thread = 0; thread < THREADS; thread++) {
        int process = thread;
        tasks.add(
            database.scheduler.start(
                "client",
                () -> {
                  try (IndexLists lists = new IndexLists(database.manager(), index, level)) {
                    workload.runUntil(transactions, lists, process, new SeededRandom(process));
                  } catch (RuntimeException | Error failure) {
                    failures.add(failure);
                  }
                }));
      }
      tasks.forEach(Scheduler.Task::join);
    }
    assertThat(failures).isEmpty();
    assertEventful(workload, transactions);
    return workload;
  }

  private static Runnable faults(MemoryConsensus consensus) {
    AtomicLong proposals = new AtomicLong();
    return () -> {
      long number = proposals.incrementAndGet();
      if (number % REFUSED_EVERY == 0) {
        consensus.failNext(MemoryConsensus.Fault.DISK_FULL);
      } else if (number % LOST_EVERY == 0) {
        consensus.failNext(MemoryConsensus.Fault.ANSWER_LOST);
      }
    };
  }

  /** A history in which nothing happens proves nothing. */
  private static void assertEventful(ListAppendWorkload workload, int transactions) {
    List<ListAppendTransaction> history = workload.history();
    assertThat(workload.committed()).isGreaterThanOrEqualTo(transactions);
    assertThat(workload.readAndAppended()).isGreaterThan(transactions / 4);
    assertThat(history).anyMatch(transaction -> transaction.outcome() == Outcome.ABORTED);
    assertThat(history).anyMatch(transaction -> transaction.outcome() == Outcome.UNKNOWN);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.index.IndexId;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sixteen threads of transfers over a hundred accounts, while others add up: the total is the same
 * at every snapshot. {@code -Ddistdb.bank.seconds=60} makes it long.
 */
@Timeout(600)
public abstract class BankContract {
  private static final int THREADS = 16;
  private static final int ACCOUNTS = 100;
  private static final double SECONDS =
      Double.parseDouble(System.getProperty("distdb.bank.seconds", "1"));

  protected abstract TransactionHome open();

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void theTotalIsTheSameAtEverySnapshot(IsolationLevel level, TestReporter reporter)
      throws InterruptedException {
    try (TransactionHome home = open()) {
      IndexId index = Bank.create(home.manager(), ACCOUNTS);
      Bank bank = new Bank(home.manager(), index, ACCOUNTS, () -> {});
      Queue<Throwable> failures = new ConcurrentLinkedQueue<>();
      AtomicLong transfers = new AtomicLong();
      AtomicLong audits = new AtomicLong();
      long end = System.nanoTime() + (long) (SECONDS * TimeUnit.SECONDS.toNanos(1));
      List<Thread> threads = new ArrayList<>();
      for (int t = 0; t < THREADS + 2; t++) {
        int number = t;
        threads.add(
            Thread.ofPlatform()
                .uncaughtExceptionHandler((thread, failure) -> failures.add(failure))
                .start(() -> {
                  SeededRandom random = new SeededRandom(number);
                  // The time is up only once there was something to see.
                  while (failures.isEmpty()
                      && (System.nanoTime() < end || transfers.get() == 0 || audits.get() == 0)) {
                    if (number < THREADS) {
                      transfers.addAndGet(bank.transfer(level, random) ? 1 : 0);
                    } else {
                      audits.addAndGet(audit(bank, level, number == THREADS));
                    }
                  }
                }));
      }
      for (Thread thread : threads) {
        thread.join();
      }
      assertThat(failures).isEmpty();
      reporter.publishEntry(
          level.toString(),
          (long) (transfers.get() / SECONDS) + " transfers/s, " + audits.get() + " audits in all");
      assertThat(transfers.get()).as("transfers").isPositive();
      assertThat(audits.get()).as("audits").isPositive();
      assertThat(bank.audit(IsolationLevel.SERIALIZABLE, false)).isEqualTo(bank.total());
    }
  }

  /** Read-only audits must always succeed; locking ones may lose a deadlock. */
  private static int audit(Bank bank, IsolationLevel level, boolean readOnly) {
    long sum = bank.audit(level, readOnly);
    if (sum != Bank.ABORTED || readOnly) {
      assertThat(sum).as("total, %s, read-only %s", level, readOnly).isEqualTo(bank.total());
    }
    return sum == Bank.ABORTED ? 0 : 1;
  }
}

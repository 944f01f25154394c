// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.testcluster.TestStorage;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.TestReporter;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Sixteen threads move money among a hundred accounts while others add it all up: the total is the
 * same in every snapshot. Red when a snapshot sees half a transfer, or an update is lost.
 */
class BankTest {
  private static final int ACCOUNTS = 100;
  private static final int WRITERS = 16;
  private static final long SECONDS = Long.getLong("distdb.bank.seconds", 3);
  private static final long TOTAL = ACCOUNTS * 1_000L;

  private final AtomicLong transfers = new AtomicLong();
  private final AtomicLong audits = new AtomicLong();
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  @ParameterizedTest
  @EnumSource(IsolationLevel.class)
  void theTotalIsConstantInEverySnapshot(
      IsolationLevel level, @TempDir Path directory, TestReporter reporter) throws Throwable {
    Scheduler scheduler = Scheduler.threads();
    try (Client client = TestStorage.open(directory.resolve("bank"))) {
      client.execute("CREATE TABLE account (id INTEGER PRIMARY KEY, balance BIGINT NOT NULL)");
      for (int id = 0; id < ACCOUNTS; id++) {
        client.execute("INSERT INTO account VALUES ($1, 1000)", id);
      }
      List<Scheduler.Task> tasks = new ArrayList<>();
      for (int writer = 0; writer < WRITERS; writer++) {
        SplittableRandom random = new SplittableRandom(writer);
        tasks.add(scheduler.start("writer", () -> watched(() -> move(client, level, random))));
      }
      tasks.add(scheduler.start("auditor", () -> watched(() -> audit(client))));
      scheduler.after(SECONDS * 1_000_000_000L, "end", () -> done.set(true));
      tasks.forEach(Scheduler.Task::join);
      if (failure.get() != null) {
        throw failure.get();
      }
      assertThat(total(client)).isEqualTo(TOTAL);
    }
    reporter.publishEntry(
        level.toString(),
        transfers.get() / SECONDS + " transfers/s, " + audits.get() + " audits in all");
    assertThat(transfers.get()).isPositive();
    assertThat(audits.get()).isPositive();
  }

  private void watched(Runnable step) {
    try {
      while (goesOn()) {
        step.run();
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
    }
  }

  /** The time is up only once there was something to see, however long that takes here. */
  private boolean goesOn() {
    return failure.get() == null && (!done.get() || transfers.get() == 0 || audits.get() == 0);
  }

  private void move(Client client, IsolationLevel level, SplittableRandom random) {
    int from = random.nextInt(ACCOUNTS);
    int to = (from + 1 + random.nextInt(ACCOUNTS - 1)) % ACCOUNTS;
    client.transaction(
        level,
        tx -> {
          tx.execute("UPDATE account SET balance = balance - 7 WHERE id = $1", from);
          tx.execute("UPDATE account SET balance = balance + 7 WHERE id = $1", to);
        });
    transfers.incrementAndGet();
  }

  private void audit(Client client) {
    assertThat(total(client)).isEqualTo(TOTAL);
    audits.incrementAndGet();
  }

  private static long total(Client client) {
    return client.query("SELECT sum(balance) FROM account").toList(row -> row.getLong(0)).get(0);
  }
}

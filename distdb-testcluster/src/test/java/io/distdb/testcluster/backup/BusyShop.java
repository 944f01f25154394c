// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/** A database that several threads write to at random, definitions too, until it is closed. */
final class BusyShop implements AutoCloseable {
  private static final int WRITERS = 4;
  private static final int KEYS = 400;

  /** What a statement may meet when a table is dropped, or made anew, under it. */
  private static final Set<ErrorCode> EXPECTED =
      Set.of(
          ErrorCode.UNDEFINED_TABLE,
          ErrorCode.UNDEFINED_OBJECT,
          ErrorCode.UNIQUE_VIOLATION,
          ErrorCode.DUPLICATE_TABLE,
          ErrorCode.SERIALIZATION_FAILURE,
          ErrorCode.DEADLOCK_DETECTED);

  private final Client client;
  private final AtomicBoolean done = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();
  private final AtomicLong changes = new AtomicLong();
  private final List<Scheduler.Task> tasks = new ArrayList<>();

  private BusyShop(Client client) {
    this.client = client;
  }

  static BusyShop open(Client client, long seed, boolean definitions) {
    BusyShop shop = new BusyShop(client);
    create(client);
    Scheduler scheduler = Scheduler.threads();
    for (int writer = 0; writer < WRITERS; writer++) {
      SplittableRandom random = new SplittableRandom(seed * WRITERS + writer);
      shop.tasks.add(scheduler.start("writer", () -> shop.repeat(() -> change(client, random))));
    }
    if (definitions) {
      SplittableRandom random = new SplittableRandom(~seed);
      shop.tasks.add(scheduler.start("definer", () -> shop.repeat(() -> define(client, random))));
    }
    return shop;
  }

  /** The tables, with some rows. */
  static void create(Client client) {
    client.execute(
        "CREATE TABLE account (id INTEGER PRIMARY KEY, balance BIGINT NOT NULL, note TEXT)");
    client.execute("CREATE INDEX account_balance ON account (balance)");
    client.execute("CREATE INDEX account_note ON account USING hash (note)");
    client.execute("CREATE TABLE event (id BIGINT GENERATED ALWAYS AS IDENTITY, what TEXT)");
    for (int id = 0; id < KEYS; id += 2) {
      client.execute("INSERT INTO account VALUES ($1, 1000, 'first')", id);
    }
  }

  /** Whether a statement may fail so when others define and change at the same time. */
  static boolean isExpected(DistDbException refused) {
    return EXPECTED.contains(refused.code());
  }

  private void repeat(Runnable step) {
    try {
      while (!done.get()) {
        try {
          step.run();
          changes.incrementAndGet();
        } catch (DistDbException refused) {
          if (!isExpected(refused)) {
            throw refused;
          }
        }
      }
    } catch (RuntimeException | Error thrown) {
      failure.compareAndSet(null, thrown);
      done.set(true);
    }
  }

  /** One random change. */
  static void change(Client client, SplittableRandom random) {
    int id = random.nextInt(KEYS);
    switch (random.nextInt(6)) {
      case 0 -> client.execute("DELETE FROM account WHERE id = $1", id);
      case 1, 2 ->
          client.execute(
              "INSERT INTO account VALUES ($1, $2, $3) ON CONFLICT (id) DO UPDATE SET note = 'again'",
              id,
              random.nextInt(5_000),
              "n" + random.nextInt(20));
      case 3 ->
          client.transaction(tx -> {
            tx.execute("UPDATE account SET balance = balance - 7 WHERE id = $1", id);
            tx.execute("UPDATE account SET balance = balance + 7 WHERE id = $1", KEYS - 1 - id);
          });
      case 4 -> client.execute("INSERT INTO event (what) VALUES ($1)", "of " + id);
      case 5 -> client.execute("DELETE FROM event WHERE what = $1", "of " + id);
      default -> throw new AssertionError("one of six");
    }
  }

  /** One random definition, or a change of a table that comes and goes. */
  static void define(Client client, SplittableRandom random) {
    String table = "extra_" + random.nextInt(3);
    switch (random.nextInt(6)) {
      case 0 -> client.execute("CREATE TABLE " + table + " (id INTEGER PRIMARY KEY, v TEXT)");
      case 1 -> client.execute("DROP TABLE " + table);
      case 2 -> client.execute("INSERT INTO " + table + " VALUES ($1, 'v')", random.nextInt(50));
      case 3 -> client.execute("CREATE INDEX " + table + "_v ON " + table + " (v)");
      case 4 -> client.execute("DROP INDEX " + table + "_v");
      case 5 -> client.execute("TRUNCATE " + table);
      default -> throw new AssertionError("one of six");
    }
  }

  /** Returns once {@code more} changes were made; whatever goes wrong ends it too. */
  void awaitChanges(long more) {
    long wanted = changes.get() + more;
    while (changes.get() < wanted && failure.get() == null) {
      Thread.onSpinWait();
      Thread.yield();
    }
  }

  /** Ends the writers. */
  @Override
  public void close() {
    done.set(true);
    tasks.forEach(Scheduler.Task::join);
    if (failure.get() != null) {
      throw new AssertionError("a writer failed", failure.get());
    }
  }
}

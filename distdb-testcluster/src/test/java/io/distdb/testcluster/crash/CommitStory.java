// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * Several sessions at once, so that a force serves more than one commit: each writes rows of its
 * own, and in the same transaction adds to a total that all share. Another thread writes
 * checkpoints meanwhile. The total is at any time the sum of the rows.
 */
final class CommitStory implements Story {
  private static final int WRITERS = 3;
  private static final int ROWS_PER_WRITER = 1_000;

  private final Machine machine;
  private final Books tables;
  private final List<Books> books = new ArrayList<>();
  private final int transactions;

  CommitStory(Machine machine, int transactions) {
    this.machine = machine;
    this.transactions = transactions;
    tables = new Books("the tables", machine.world()::nowNanos);
    for (int writer = 0; writer < WRITERS; writer++) {
      books.add(new Books("writer " + writer, machine.world()::nowNanos));
    }
  }

  @Override
  public void live() {
    machine.life(this, this::work);
  }

  private void work(Client client) {
    if (!create(client)) {
      return;
    }
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int number = 0; number < WRITERS; number++) {
      int writer = number;
      SeededRandom random = machine.world().random("writer " + writer);
      tasks.add(start("writer " + writer, () -> write(client, writer, random)));
    }
    tasks.add(start("checkpoints", () -> checkpoint(client)));
    tasks.forEach(Scheduler.Task::join);
  }

  private Scheduler.Task start(String name, Runnable work) {
    return machine.node().scheduler().start(name, work);
  }

  private boolean create(Client client) {
    if (tables.has("total")) {
      return true;
    }
    return machine.change(
        tables,
        tables.picture().withTable("total", "there"),
        () ->
            client.transaction(tx -> {
              tx.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, n BIGINT)");
              tx.execute("CREATE TABLE total (id BIGINT PRIMARY KEY, n BIGINT)");
              tx.execute("INSERT INTO total VALUES (0, 0)");
            }));
  }

  private void checkpoint(Client client) {
    for (int left = transactions / 2; left > 0; left--) {
      machine.world().sleep(1_000_000);
      machine.attempt(client::checkpoint);
    }
  }

  private void write(Client client, int writer, SeededRandom random) {
    try (Session session = client.newSession()) {
      for (int left = transactions; left > 0 && !machine.inDoubt(); left--) {
        if (!transact(session, writer, random)) {
          session.execute("ROLLBACK");
        }
        machine.world().sleep(random.below(200_000));
      }
    }
  }

  private boolean transact(Session session, int writer, SeededRandom random) {
    Picture next = books.get(writer).picture();
    List<Long> keys = next.keys("item");
    long first = (long) writer * ROWS_PER_WRITER;
    long id = keys.isEmpty() ? first : keys.getLast() + 1;
    long amount = 1 + random.below(9);
    boolean deletes = keys.size() > 2 && random.chance(0.3);
    long gone = deletes ? Long.parseLong(next.row("item", keys.getFirst())) : 0;
    if (deletes) {
      next.remove("item", keys.getFirst());
    }
    next.put("item", id, amount);
    return machine.change(
        books.get(writer),
        next,
        () -> {
          session.execute("BEGIN");
          session.execute("INSERT INTO item VALUES (" + id + ", " + amount + ")");
          if (deletes) {
            session.execute("DELETE FROM item WHERE id = " + keys.getFirst());
          }
          session.execute("UPDATE total SET n = n + " + (amount - gone));
          session.execute("COMMIT");
        });
  }

  private Map<String, Picture> observe(Client client) {
    Picture all = new Picture();
    try (Session session = client.newSession()) {
      session.execute("BEGIN ISOLATION LEVEL REPEATABLE READ");
      all.add(session, "item", "SELECT id, n FROM item");
      if (!all.has("item")) {
        return Map.of();
      }
      all.add(session, "total", "SELECT id, n FROM total");
      session.execute("COMMIT");
    }
    long sum = all.rows("item").values().stream().mapToLong(Long::parseLong).sum();
    if (!all.row("total", 0).equals(Long.toString(sum))) {
      throw new AssertionError("the total is not the sum of the items: " + all);
    }
    Map<String, Picture> byOwner = new TreeMap<>();
    for (int writer = 0; writer < WRITERS; writer++) {
      byOwner.put("writer " + writer, new Picture());
    }
    all.rows("item")
        .forEach((id, n) -> byOwner.get("writer " + id / ROWS_PER_WRITER).put("item", id, n));
    return byOwner;
  }

  @Override
  public void check(Client client) {
    compare(
        observe(client),
        (pages, found) -> {
          pages.check(found);
          return false;
        });
  }

  @Override
  public boolean settle(Client client, Books.Loss loss) {
    return compare(observe(client), (pages, found) -> pages.settle(found, loss));
  }

  private interface Comparison {
    boolean with(Books books, Picture found);
  }

  private boolean compare(Map<String, Picture> found, Comparison comparison) {
    Picture there = new Picture();
    boolean lost =
        comparison.with(tables, found.isEmpty() ? there : there.withTable("total", "there"));
    for (int writer = 0; writer < WRITERS; writer++) {
      lost |=
          comparison.with(books.get(writer), found.getOrDefault("writer " + writer, new Picture()));
    }
    return lost;
  }

  @Override
  public void goOn(Client client) {
    boolean done = create(client);
    try (Session session = client.newSession()) {
      for (int writer = 0; writer < WRITERS; writer++) {
        done &= done && transact(session, writer, machine.world().random("go on " + writer));
      }
    }
    if (!done) {
      throw new AssertionError("writes do not go on");
    }
    client.checkpoint();
  }
}

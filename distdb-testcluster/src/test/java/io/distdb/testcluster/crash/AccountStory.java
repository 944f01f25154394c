// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.ArrayList;
import java.util.List;

/** Inserts, transfers in transactions, deletes, indexes of both kinds, checkpoints. */
final class AccountStory extends SqlStory {
  private static final String TABLE = "account";
  private static final List<String> OWNERS = List.of("ann", "bob", "cid");

  private final int lives;
  private final int steps;
  private final long pauseNanos;

  /**
   * @param pauseNanos time between two steps
   */
  AccountStory(Machine machine, int lives, int steps, long pauseNanos) {
    super(machine);
    this.lives = lives;
    this.steps = steps;
    this.pauseNanos = pauseNanos;
  }

  @Override
  int lives() {
    return lives;
  }

  @Override
  int steps() {
    return steps;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (pauseNanos > 0) {
      machine.world().sleep(pauseNanos);
    }
    if (!books.has(TABLE)) {
      return create(session);
    }
    return switch (number % 12) {
      case 3 -> define(session, "CREATE INDEX IF NOT EXISTS account_owner ON account (owner)");
      case 7 -> define(session, "DROP INDEX IF EXISTS account_owner");
      case 8 ->
          define(session, "CREATE INDEX IF NOT EXISTS account_hash ON account (owner) USING HASH");
      case 5, 10 -> machine.attempt(client::checkpoint);
      case 9 -> delete(session);
      case 0, 1, 6 -> insert(session);
      default -> transfer(session);
    };
  }

  /** An index changes no answer. */
  private boolean define(Session session, String sql) {
    return machine.change(books, books.picture(), () -> session.execute(sql));
  }

  private boolean create(Session session) {
    Picture next = books.picture().withTable(TABLE, "id|owner|balance");
    return change(
        session,
        next,
        "CREATE TABLE account"
            + " (id BIGINT PRIMARY KEY, owner TEXT NOT NULL, balance BIGINT NOT NULL)");
  }

  private boolean insert(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    List<String> tuples = new ArrayList<>();
    for (int i = 0; i < 3; i++) {
      String owner = random.pick(OWNERS);
      next.put(TABLE, id + i, owner, 100);
      tuples.add("(" + (id + i) + ", '" + owner + "', 100)");
    }
    return change(session, next, "INSERT INTO account VALUES " + String.join(", ", tuples));
  }

  private boolean transfer(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    if (keys.size() < 2) {
      return insert(session);
    }
    long from = keys.get(random.below(keys.size() - 1));
    long to = keys.getLast();
    long amount = 1 + random.below(9);
    String owner = random.pick(OWNERS);
    next.put(TABLE, from, owner(next, from), balance(next, from) - amount);
    next.put(TABLE, to, owner, balance(next, to) + amount);
    return machine.change(
        books,
        next,
        () -> {
          session.execute("BEGIN");
          session.execute(
              "UPDATE account SET balance = balance - " + amount + " WHERE id = " + from);
          session.execute(
              "UPDATE account SET balance = balance + "
                  + amount
                  + ", owner = '"
                  + owner
                  + "' WHERE id = "
                  + to);
          session.execute("COMMIT");
        });
  }

  private boolean delete(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    if (keys.isEmpty()) {
      return insert(session);
    }
    next.remove(TABLE, keys.getFirst());
    return change(session, next, "DELETE FROM account WHERE id = " + keys.getFirst());
  }

  private static String owner(Picture picture, long id) {
    return picture.row(TABLE, id).substring(0, 3);
  }

  private static long balance(Picture picture, long id) {
    return Long.parseLong(picture.row(TABLE, id).substring(4));
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, owner, balance FROM account");
    if (picture.has(TABLE)) {
      OWNERS.forEach(owner -> checkIndex(session, picture, owner));
    }
    return picture;
  }

  private static void checkIndex(Session session, Picture picture, String owner) {
    Picture expected = picture.copy();
    expected.entries().values().removeIf(row -> !row.startsWith(owner) && !row.startsWith("id"));
    Picture found = new Picture();
    found.add(
        session, TABLE, "SELECT id, owner, balance FROM account WHERE owner = '" + owner + "'");
    if (!found.equals(expected)) {
      throw new AssertionError(
          "the index disagrees on " + owner + ":" + expected.difference(found));
    }
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = books.has(TABLE) || create(session);
      done &= insert(session) && transfer(session);
      if (!done) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

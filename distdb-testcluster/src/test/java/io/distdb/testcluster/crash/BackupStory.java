// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.List;

/**
 * Backups of a database that is changed before, between and after them. One that was acknowledged
 * can be restored, and shows what the database showed; one that was not is refused as interrupted,
 * or whole.
 */
final class BackupStory extends SqlStory {
  private static final String TABLE = "item";

  private final BackupShelf shelf;

  BackupStory(Machine machine) {
    super(machine);
    shelf = new BackupShelf(machine, BackupStory::content);
  }

  @Override
  int lives() {
    return 1;
  }

  @Override
  int steps() {
    return 6;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (!books.has(TABLE)) {
      return create(session);
    }
    return switch (number) {
      case 2, 5 -> shelf.take(session, books.picture());
      case 3 -> change(session, books.picture(), "CREATE INDEX IF NOT EXISTS i ON item (tag)");
      case 4 -> machine.attempt(client::checkpoint);
      default -> insert(session);
    };
  }

  private boolean create(Session session) {
    return change(
        session,
        books.picture().withTable(TABLE, "id|tag"),
        "CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT)");
  }

  private boolean insert(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    next.put(TABLE, id, "tag " + id % 3);
    next.put(TABLE, id + 1, "new");
    return change(
        session,
        next,
        "INSERT INTO item VALUES (" + id + ", 'tag " + id % 3 + "'), (" + (id + 1) + ", 'new')");
  }

  private static Picture content(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, tag FROM item");
    return picture;
  }

  @Override
  Picture observe(Session session) {
    return content(session);
  }

  @Override
  public boolean settle(Client client, Books.Loss loss) {
    boolean lost = super.settle(client, loss);
    if (machine.isAfterwards()) {
      shelf.verify();
    }
    return lost;
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = books.has(TABLE) || create(session);
      done &= insert(session) && shelf.take(session, books.picture()) && insert(session);
      if (!done && !machine.hasDetected()) {
        throw new AssertionError("writes and backups do not go on");
      }
      client.checkpoint();
    }
  }
}

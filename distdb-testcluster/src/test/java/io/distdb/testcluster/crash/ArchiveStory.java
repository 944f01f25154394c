// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.List;

/**
 * A full backup, one that continues it, and an archive of the log beside commits and checkpoints.
 * Whatever happens, the archive soon has all that was acknowledged, without a gap: the full backup
 * and the archive show what the database shows.
 */
final class ArchiveStory extends SqlStory {
  private static final String TABLE = "item";
  private static final long ARCHIVED_NANOS = 500_000_000L;

  private final BackupShelf shelf;

  ArchiveStory(Machine machine) {
    super(machine);
    shelf = new BackupShelf(machine, ArchiveStory::content);
  }

  @Override
  int lives() {
    return 1;
  }

  @Override
  int steps() {
    return 7;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (!books.has(TABLE)) {
      return create(session);
    }
    return switch (number) {
      case 2 -> shelf.isEmpty() ? shelf.take(session, books.picture()) : insert(session);
      case 4 -> machine.attempt(client::checkpoint);
      case 5 -> shelf.isEmpty() ? insert(session) : shelf.takeIncremental(session, books.picture());
      default -> insertAndWait(session);
    };
  }

  private boolean create(Session session) {
    return change(
        session,
        books.picture().withTable(TABLE, "id|tag"),
        "CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT)");
  }

  /** Long enough for the archive to be written between two commits. */
  private boolean insertAndWait(Session session) {
    boolean done = insert(session);
    machine.world().sleep(15_000_000);
    return done;
  }

  /** Rows so long that a few of them fill a segment of the journal. */
  private boolean insert(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    String tag = String.valueOf((char) ('a' + id % 26)).repeat(900);
    next.put(TABLE, id, tag);
    return change(session, next, "INSERT INTO item VALUES (" + id + ", '" + tag + "')");
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
      if (!shelf.isEmpty() && !machine.isSilent()) {
        machine.world().sleep(ARCHIVED_NANOS);
        shelf.verifyArchive(Workloads.ARCHIVE, books.picture());
      }
    }
    return lost;
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = books.has(TABLE) || create(session);
      done &= insert(session);
      done &= !shelf.isEmpty() || shelf.take(session, books.picture());
      done &= insert(session);
      if (!done && !machine.hasDetected()) {
        throw new AssertionError("writes and backups do not go on");
      }
      client.checkpoint();
    }
  }
}

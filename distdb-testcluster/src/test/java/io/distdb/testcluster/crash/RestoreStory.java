// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;

/**
 * A backup is restored into another directory, and the database there is written to. A restore that
 * was acknowledged left all of the backup; one that was not leaves a directory that is refused, or
 * all of it, and never a database with less.
 */
final class RestoreStory implements Story {
  private static final String TABLE = "item";

  private final Machine machine;
  private final Books origin;
  private final Books copy;
  private final BackupShelf shelf;
  private String target = "copy-1";
  private boolean tried;
  private boolean restored;

  RestoreStory(Machine machine) {
    this.machine = machine;
    origin = new Books("the origin", machine.world()::nowNanos);
    copy = new Books("the copy", machine.world()::nowNanos);
    shelf = new BackupShelf(machine, RestoreStory::content);
  }

  private static Picture content(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, tag FROM item");
    return picture;
  }

  @Override
  public void live() {
    machine.life(this, this::prepare);
    if (shelf.isEmpty() || machine.inDoubt()) {
      return;
    }
    if (!restore() && machine.heals()) {
      target = "copy-2";
      restore();
    }
    if (restored) {
      machine.attempt(this::writeToTheCopy);
    }
  }

  private void prepare(Client client) {
    try (Session session = client.newSession()) {
      boolean goesOn = origin.has(TABLE) || create(session);
      if (goesOn && insert(session, origin, 1) && insert(session, origin, 5)) {
        shelf.take(session, origin.picture());
        insert(session, origin, 9);
      }
    }
  }

  private boolean create(Session session) {
    return machine.change(
        origin,
        origin.picture().withTable(TABLE, "id|tag"),
        () -> session.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT)"));
  }

  private boolean insert(Session session, Books books, long id) {
    Picture next = books.picture();
    if (next.row(TABLE, id) != null) {
      return true;
    }
    next.put(TABLE, id, "tag " + id);
    return machine.change(
        books,
        next,
        () -> session.execute("INSERT INTO item VALUES (" + id + ", 'tag " + id + "')"));
  }

  private boolean restore() {
    tried = true;
    copy.committing(shelf.newest());
    restored = machine.attempt(() -> shelf.restoreNewest(target));
    if (restored) {
      copy.committed();
    }
    return restored;
  }

  private void writeToTheCopy() {
    try (Client client = shelf.openRestored(target);
        Session session = client.newSession()) {
      copy.check(content(session));
      if (insert(session, copy, 20)) {
        insert(session, copy, 21);
      }
    }
  }

  @Override
  public void check(Client client) {
    try (Session session = client.newSession()) {
      origin.check(content(session));
    }
  }

  @Override
  public boolean settle(Client client, Books.Loss loss) {
    boolean lost;
    try (Session session = client.newSession()) {
      lost = origin.settle(content(session), loss);
    }
    if (tried && !machine.disk().list(target).isEmpty()) {
      lookAtTheCopy(loss);
    } else if (restored) {
      throw new AssertionError("the restored directory is gone");
    }
    return lost;
  }

  private void lookAtTheCopy(Books.Loss loss) {
    try (Client client = shelf.openRestored(target);
        Session session = client.newSession()) {
      copy.settle(content(session), loss);
      restored = true;
    } catch (DistDbException refused) {
      boolean interrupted =
          !restored && refused.code() == ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE;
      if (!interrupted && !machine.isDetection(refused)) {
        throw refused;
      }
    }
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = origin.has(TABLE) || create(session);
      done &= insert(session, origin, 30) && shelf.take(session, origin.picture());
      if (!done && !machine.hasDetected()) {
        throw new AssertionError("writes and backups do not go on");
      }
    }
    shelf.verify();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.List;

/** Rows as long as a third of a journal segment, so that segments are filled, purged and reused. */
final class RecyclingStory extends SqlStory {
  private static final String TABLE = "note";
  private static final int BYTES = 1_300;

  RecyclingStory(Machine machine) {
    super(machine);
  }

  @Override
  int lives() {
    return 2;
  }

  @Override
  int steps() {
    return 18;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (!books.has(TABLE)) {
      return change(
          session,
          books.picture().withTable(TABLE, "id|text"),
          "CREATE TABLE note (id BIGINT PRIMARY KEY, text TEXT)");
    }
    return number % 5 == 4 ? machine.attempt(client::checkpoint) : write(session, number);
  }

  /** Every fourth row is longer than a segment. */
  private boolean write(Session session, int number) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    String text = String.valueOf((char) ('a' + random.below(26))).repeat(BYTES);
    String whole = number % 4 == 3 ? text.repeat(4) : text;
    next.put(TABLE, id, whole);
    if (keys.size() < 3) {
      return change(session, next, "INSERT INTO note VALUES (" + id + ", '" + whole + "')");
    }
    next.remove(TABLE, keys.getFirst());
    return change(
        session,
        next,
        "UPDATE note SET id = " + id + ", text = '" + whole + "' WHERE id = " + keys.getFirst());
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, text FROM note");
    return picture;
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = true;
      for (int number = 0; number < 4; number++) {
        done &= step(client, session, number);
      }
      if (!done) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

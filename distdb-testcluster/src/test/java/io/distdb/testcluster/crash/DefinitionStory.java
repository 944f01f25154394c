// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * Definitions: columns that come, go and change their type, which stores the table anew; tables
 * made of queries, renamed, emptied and dropped; views; and definitions in one transaction with
 * changes of rows.
 */
final class DefinitionStory extends SqlStory {
  private static final String ITEM = "item";
  private static final String OTHER = "other";
  private static final String RENAMED = "renamed";
  private static final String VIEW = "seen";

  DefinitionStory(Machine machine) {
    super(machine);
  }

  @Override
  int lives() {
    return 2;
  }

  @Override
  int steps() {
    return 7;
  }

  /** The next definition is whichever the picture is ready for, so that refusals do no harm. */
  @Override
  boolean step(Client client, Session session, int number) {
    Picture now = books.picture();
    if (!now.has(ITEM)) {
      return change(
          session,
          now.withTable(ITEM, "id|tag|n"),
          "CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT, n INTEGER)");
    }
    if (number == 5) {
      return machine.attempt(client::checkpoint);
    }
    return switch (columns(now)) {
      case "id|tag|n" -> now.keys(ITEM).isEmpty() ? insert(session, 3) : addColumn(session);
      case "id|tag|n|extra" -> dropColumn(session);
      case "id|tag|extra" -> copyOrRetype(session);
      default -> rename(session);
    };
  }

  private static String columns(Picture picture) {
    return picture.entries().get(ITEM);
  }

  /** Rows whose further columns are a tag and then 1s. */
  private boolean insert(Session session, int columns) {
    Picture next = books.picture();
    List<Long> keys = next.keys(ITEM);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    String ones = ", 1".repeat(columns - 2);
    StringBuilder tuples = new StringBuilder();
    for (long i = id; i < id + 3; i++) {
      next.put(ITEM, i, "t" + i + "|1".repeat(columns - 2));
      tuples.append(i == id ? "" : ", ").append("(").append(i).append(", 't").append(i);
      tuples.append("'").append(ones).append(")");
    }
    return change(session, next, "INSERT INTO item VALUES " + tuples);
  }

  private Picture rewritten(String columns, UnaryOperator<String> row) {
    Picture next = books.picture().withTable(ITEM, columns);
    books.picture().rows(ITEM).forEach((id, old) -> next.put(ITEM, id, row.apply(old)));
    return next;
  }

  private boolean addColumn(Session session) {
    return change(
        session,
        rewritten("id|tag|n|extra", row -> row + "|7"),
        "ALTER TABLE item ADD COLUMN extra INTEGER NOT NULL DEFAULT 7");
  }

  private boolean dropColumn(Session session) {
    return change(
        session,
        rewritten(
            "id|tag|extra",
            row -> row.substring(0, row.indexOf('|')) + row.substring(row.lastIndexOf('|'))),
        "ALTER TABLE item DROP COLUMN n");
  }

  private boolean copyOrRetype(Session session) {
    return books.has(OTHER) || books.has(RENAMED) ? retype(session) : copy(session);
  }

  private boolean copy(Session session) {
    Picture next = books.picture().withTable(OTHER, "id|tag").withTable(VIEW, "id|tag");
    books
        .picture()
        .rows(ITEM)
        .forEach((id, row) -> {
          next.put(OTHER, id, row.substring(0, row.indexOf('|')));
          next.put(VIEW, id, row.substring(0, row.indexOf('|')));
        });
    long gone = next.keys(ITEM).getFirst();
    next.remove(ITEM, gone);
    next.remove(VIEW, gone);
    return machine.change(
        books,
        next,
        () -> {
          session.execute("BEGIN");
          session.execute("CREATE TABLE other AS SELECT id, tag FROM item");
          session.execute("CREATE VIEW seen AS SELECT id, tag FROM item");
          session.execute("DELETE FROM item WHERE id = " + gone);
          session.execute("COMMIT");
        });
  }

  private boolean retype(Session session) {
    Picture next = rewritten("id|tag|extra|more", row -> row.replace("|", "|v") + "|0");
    return change(
        session,
        next,
        "ALTER TABLE item ALTER COLUMN extra TYPE TEXT USING 'v' || extra,"
            + " ADD COLUMN more INTEGER DEFAULT 0");
  }

  private boolean rename(Session session) {
    Picture now = books.picture();
    if (now.has(OTHER)) {
      Picture next = books.picture();
      next.drop(OTHER);
      now.rows(OTHER).forEach((id, row) -> next.put(RENAMED, id, row));
      return change(
          session, next.withTable(RENAMED, "id|tag"), "ALTER TABLE other RENAME TO renamed");
    }
    if (now.has(RENAMED) && !now.keys(RENAMED).isEmpty()) {
      Picture next = books.picture();
      next.drop(RENAMED);
      return change(session, next.withTable(RENAMED, "id|tag"), "TRUNCATE renamed");
    }
    if (now.has(RENAMED)) {
      Picture next = books.picture();
      next.drop(RENAMED);
      return change(session, next, "DROP TABLE renamed");
    }
    return start(session);
  }

  /** From the beginning, in one transaction. */
  private boolean start(Session session) {
    Picture next = books.picture();
    next.drop(ITEM);
    next.drop(VIEW);
    return machine.change(
        books,
        next.withTable(ITEM, "id|tag|n"),
        () -> {
          session.execute("BEGIN");
          session.execute("DROP VIEW seen");
          session.execute("DROP TABLE item");
          session.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT, n INTEGER)");
          session.execute("COMMIT");
        });
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(session, ITEM, "SELECT * FROM item");
    picture.add(session, OTHER, "SELECT * FROM other");
    picture.add(session, RENAMED, "SELECT * FROM renamed");
    picture.add(session, VIEW, "SELECT * FROM seen");
    return picture;
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = true;
      for (int step = 0; step < 3; step++) {
        done &= step(client, session, step);
      }
      if (!done) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

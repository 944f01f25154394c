// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.util.ArrayList;
import java.util.List;

/**
 * Indexes of both kinds and a unique one, built on rows and dropped, with changes of the indexed
 * columns between. A unique index that is acknowledged refuses duplicates in every later life.
 */
final class IndexStory extends SqlStory {
  private static final String TABLE = "item";
  private static final int TAGS = 4;

  IndexStory(Machine machine) {
    super(machine);
  }

  @Override
  int lives() {
    return 2;
  }

  @Override
  int steps() {
    return 11;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (!books.has(TABLE)) {
      return create(session);
    }
    return switch (number) {
      case 2 -> define(session, "CREATE INDEX IF NOT EXISTS item_tag ON item (tag, id)");
      case 4 -> define(session, "CREATE INDEX IF NOT EXISTS item_hash ON item (tag) USING HASH");
      case 5 -> unique(session);
      case 7 -> define(session, "DROP INDEX IF EXISTS item_tag");
      case 8 -> define(session, "DROP INDEX IF EXISTS item_hash");
      case 9 -> machine.attempt(client::checkpoint);
      case 3, 10 -> update(session);
      default -> insert(session);
    };
  }

  private boolean create(Session session) {
    Picture next = books.picture().withTable(TABLE, "id|tag|code");
    return change(
        session, next, "CREATE TABLE item (id BIGINT PRIMARY KEY, tag BIGINT, code BIGINT)");
  }

  private boolean define(Session session, String sql) {
    return machine.change(books, books.picture(), () -> session.execute(sql));
  }

  private boolean unique(Session session) {
    return books.has("item_code")
        || change(
            session,
            books.picture().withTable("item_code", "unique"),
            "ALTER TABLE item ADD CONSTRAINT item_code UNIQUE (code)");
  }

  private boolean insert(Session session) {
    Picture next = books.picture();
    List<Long> keys = next.keys(TABLE);
    long id = keys.isEmpty() ? 1 : keys.getLast() + 1;
    List<String> tuples = new ArrayList<>();
    for (long i = id; i < id + 4; i++) {
      long tag = random.below(TAGS);
      next.put(TABLE, i, tag, 1_000 + i);
      tuples.add("(" + i + ", " + tag + ", " + (1_000 + i) + ")");
    }
    return change(session, next, "INSERT INTO item VALUES " + String.join(", ", tuples));
  }

  private boolean update(Session session) {
    Picture next = books.picture();
    int from = random.below(TAGS);
    int to = random.below(TAGS);
    next.rows(TABLE)
        .forEach((id, row) -> {
          if (row.startsWith(from + "|")) {
            next.put(TABLE, id, to, row.substring(2));
          }
        });
    return change(session, next, "UPDATE item SET tag = " + to + " WHERE tag = " + from);
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, tag, code FROM item");
    if (!picture.has(TABLE)) {
      return picture;
    }
    for (int tag = 0; tag < TAGS; tag++) {
      Picture byIndex = new Picture();
      byIndex.add(session, TABLE, "SELECT id, tag, code FROM item WHERE tag = " + tag);
      Picture byScan = new Picture();
      byScan.add(session, TABLE, "SELECT id, tag, code FROM item WHERE tag + 0 = " + tag);
      if (!byIndex.equals(byScan)) {
        throw new AssertionError(
            "the index disagrees on " + tag + ":" + byScan.difference(byIndex));
      }
    }
    return refusesDuplicates(session, picture) ? picture.withTable("item_code", "unique") : picture;
  }

  /** Looks at the catalog; and tries, where the disk lets a statement get as far. */
  private static boolean refusesDuplicates(Session session, Picture picture) {
    Picture indexes = new Picture();
    indexes.add(
        session,
        "index",
        "SELECT count(*) FROM information_schema.table_constraints"
            + " WHERE constraint_name = 'item_code'");
    if (indexes.row("index", 0) != null) {
      return false;
    }
    if (picture.keys(TABLE).isEmpty()) {
      return true;
    }
    long id = picture.keys(TABLE).getFirst();
    session.execute("BEGIN");
    try {
      session.execute("INSERT INTO item VALUES (999999, 0, " + (1_000 + id) + ")");
      throw new AssertionError("the unique index takes the code of row " + id + " again");
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.IO_ERROR || refused.code() == ErrorCode.DISK_FULL) {
        return true;
      }
      if (refused.code() != ErrorCode.UNIQUE_VIOLATION) {
        throw refused;
      }
      return true;
    } finally {
      session.execute("ROLLBACK");
    }
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = books.has(TABLE) || create(session);
      done &= insert(session) && unique(session) && update(session);
      done &= define(session, "CREATE INDEX IF NOT EXISTS item_tag ON item (tag, id)");
      if (!done) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

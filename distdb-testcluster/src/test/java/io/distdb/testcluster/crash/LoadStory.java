// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;

/** Bulk loads: each is there as a whole, in the table and in three indexes, or not at all. */
final class LoadStory extends SqlStory {
  private static final int ROWS = 1_100;
  private static final String TABLE = "loads";

  LoadStory(Machine machine) {
    super(machine);
  }

  @Override
  int lives() {
    return 1;
  }

  @Override
  int steps() {
    return 4;
  }

  @Override
  boolean step(Client client, Session session, int number) {
    if (!books.has(TABLE)) {
      return create(session);
    }
    return number == 2 ? machine.attempt(client::checkpoint) : load(client);
  }

  private boolean create(Session session) {
    return machine.change(
        books,
        books.picture().withTable(TABLE, "grp|count|min|max"),
        () -> {
          session.execute("BEGIN");
          session.execute(
              "CREATE TABLE t (id integer PRIMARY KEY, code integer UNIQUE, grp integer)");
          session.execute("CREATE INDEX t_grp ON t (grp)");
          session.execute("COMMIT");
        });
  }

  private boolean load(Client client) {
    Picture next = books.picture();
    int load = next.keys(TABLE).size();
    next.put(TABLE, load, ROWS, load * ROWS, (load + 1) * ROWS - 1);
    return machine.change(
        books,
        next,
        () -> client.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(text(load))));
  }

  private static byte[] text(int load) {
    StringBuilder text = new StringBuilder();
    for (int i = load * ROWS; i < (load + 1) * ROWS; i++) {
      text.append(i).append('\t').append(code(i)).append('\t').append(load).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static int code(int id) {
    return id * 7919 % 100_003;
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(
        session, TABLE, "SELECT grp, count(*) AS count, min(id), max(id) FROM t GROUP BY grp");
    if (!picture.has(TABLE)) {
      return picture;
    }
    Picture whole = new Picture().withTable(TABLE, "grp|count|min|max");
    picture.rows(TABLE).forEach((load, row) -> whole.entries().putAll(one(load, row).entries()));
    for (long load : picture.keys(TABLE)) {
      int some = (int) load * ROWS + random.below(ROWS);
      Picture byCode = new Picture();
      byCode.add(session, "t", "SELECT id, grp FROM t WHERE code = " + code(some));
      if (!String.valueOf(byCode.row("t", some)).equals(Long.toString(load))) {
        throw new AssertionError("the row " + some + " is not in the index on its code");
      }
    }
    return whole;
  }

  private static Picture one(long load, String row) {
    Picture one = new Picture();
    one.put(TABLE, load, (Object[]) row.split("\\|"));
    return one;
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean done = books.has(TABLE) || create(session);
      done &= load(client);
      if (!done) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

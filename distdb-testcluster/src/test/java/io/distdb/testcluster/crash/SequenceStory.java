// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.crash.Books.Loss;
import java.util.TreeSet;

/** Numbers of a sequence: none is handed out twice, used or not, in whichever life. */
final class SequenceStory extends SqlStory {
  private static final String TABLE = "numbered";

  private final TreeSet<Long> handedOut = new TreeSet<>();

  SequenceStory(Machine machine) {
    super(machine);
  }

  @Override
  int lives() {
    return 3;
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
      case 3 -> machine.attempt(client::checkpoint);
      case 2, 4 -> machine.attempt(() -> next(session));
      default -> insert(session);
    };
  }

  private boolean create(Session session) {
    return machine.change(
        books,
        books.picture().withTable(TABLE, "id|n"),
        () -> {
          session.execute("BEGIN");
          session.execute("CREATE SEQUENCE s");
          session.execute("CREATE TABLE numbered (id BIGINT PRIMARY KEY, n BIGINT)");
          session.execute("COMMIT");
        });
  }

  private long next(Session session) {
    Picture answer = new Picture();
    answer.add(session, "s", "SELECT nextval('s')");
    long number = answer.keys("s").getFirst();
    if (!handedOut.add(number)) {
      throw new AssertionError("the number " + number + " is handed out twice");
    }
    return number;
  }

  private boolean insert(Session session) {
    long[] number = {0};
    if (!machine.attempt(() -> number[0] = next(session))) {
      return false;
    }
    Picture next = books.picture();
    next.put(TABLE, number[0], number[0] * 3);
    return change(
        session, next, "INSERT INTO numbered VALUES (" + number[0] + ", " + number[0] * 3 + ")");
  }

  @Override
  Picture observe(Session session) {
    Picture picture = new Picture();
    picture.add(session, TABLE, "SELECT id, n FROM numbered");
    return picture;
  }

  /** With the last batch the numbers may be gone that it reserved. */
  @Override
  public boolean settle(Client client, Loss loss) {
    if (!loss.equals(Loss.NOTHING)) {
      handedOut.clear();
    }
    return super.settle(client, loss);
  }

  @Override
  public void goOn(Client client) {
    try (Session session = client.newSession()) {
      boolean created = books.has(TABLE) || create(session);
      boolean first = created && insert(session);
      boolean second = first && insert(session);
      if (!second) {
        throw new AssertionError("writes do not go on");
      }
      client.checkpoint();
    }
  }
}

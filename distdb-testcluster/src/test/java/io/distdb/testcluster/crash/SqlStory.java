// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.SeededRandom;

/**
 * A story of one session and one picture. A step that the disk refuses is rolled back, reads must
 * go on, and the next step is tried.
 */
abstract class SqlStory implements Story {
  final Machine machine;
  final Books books;
  final SeededRandom random;

  SqlStory(Machine machine) {
    this.machine = machine;
    books = new Books("the session", machine.world()::nowNanos);
    random = machine.world().random("story");
  }

  /** How many times the database is opened and closed in order. */
  abstract int lives();

  /** Steps of each life. */
  abstract int steps();

  /**
   * Takes a step.
   *
   * @param number from 0 in each life
   * @return false when the disk refused it
   */
  abstract boolean step(Client client, Session session, int number);

  /** What the database shows; checks besides that its indexes agree with its tables. */
  abstract Picture observe(Session session);

  @Override
  public void live() {
    boolean goesOn = true;
    for (int life = 0; life < lives() && goesOn; life++) {
      boolean first = life == 0;
      goesOn = machine.life(this, client -> work(client, first));
    }
  }

  private void work(Client client, boolean first) {
    if (!first) {
      settle(client, machine.loss());
    }
    try (Session session = client.newSession()) {
      for (int step = 0; step < steps() && !machine.inDoubt(); step++) {
        if (!step(client, session, step)) {
          session.execute("ROLLBACK");
          machine.read(() -> check(client));
        }
      }
    }
  }

  /** Executes one statement that takes the books to {@code next}. */
  final boolean change(Session session, Picture next, String sql) {
    return machine.change(books, next, () -> session.execute(sql));
  }

  @Override
  public void check(Client client) {
    try (Session session = client.newSession()) {
      books.check(observe(session));
    }
  }

  @Override
  public boolean settle(Client client, Books.Loss loss) {
    try (Session session = client.newSession()) {
      return books.settle(observe(session), loss);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** A statement is cancelled while its rows are read, where a long query spends its time. */
class CancelTest {
  private static final String ENDLESS =
      "SELECT count(*) FROM big a, big b, big c, big d WHERE a.id + b.id + c.id + d.id < 0";

  @ParameterizedTest
  @ValueSource(booleans = {false, true})
  @Timeout(300)
  void anotherThreadCancelsAStatementThatRuns(boolean inBlock) {
    try (Client client = Client.open();
        Session session = bigTable(client)) {
      if (inBlock) {
        session.execute("BEGIN");
      }
      AtomicReference<String> outcome = new AtomicReference<>();
      Scheduler.Task reader =
          Scheduler.threads().start("reader", () -> outcome.set(read(session, ENDLESS)));
      while (outcome.get() == null) {
        session.cancel();
        Thread.onSpinWait();
      }
      reader.join();
      assertThat(outcome.get()).isEqualTo("57014");
      if (inBlock) {
        session.execute("ROLLBACK");
      }
      assertThat(read(session, "SELECT count(*) FROM big")).isEqualTo("1000");
    }
  }

  @Test
  @Timeout(300)
  void statementTimeoutEndsAStatementThatRuns() {
    try (Client client = Client.open();
        Session session = bigTable(client)) {
      session.execute("SET statement_timeout = 50");
      assertThat(read(session, ENDLESS)).isEqualTo("57014");
      String counted;
      do {
        // The time-out may end this one, too, where the machine stalls; but not every one.
        counted = read(session, "SELECT count(*) FROM big");
      } while (counted.equals("57014"));
      assertThat(counted).isEqualTo("1000");
    }
  }

  private static Session bigTable(Client client) {
    Session session = client.newSession();
    session.execute("CREATE TABLE big (id INTEGER PRIMARY KEY)");
    session.execute("BEGIN");
    for (int id = 0; id < 1_000; id++) {
      session.execute("INSERT INTO big VALUES (" + id + ")");
    }
    session.execute("COMMIT");
    return session;
  }

  /** The first value, or the SQLSTATE. */
  private static String read(Session session, String sql) {
    try (ResultRows rows = ((StatementResult.Rows) session.execute(sql)).rows()) {
      rows.next();
      return Long.toString(rows.getLong(0));
    } catch (DistDbException failure) {
      return failure.sqlState();
    }
  }
}

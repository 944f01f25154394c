// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is left of temporary tables when their session is gone. */
class TemporaryTablesTest {
  private static final String SCHEMAS =
      "SELECT schema_name FROM information_schema.schemata WHERE schema_name LIKE 'pg_temp%'";

  private static List<String> column(Session session, String sql) {
    List<String> found = new ArrayList<>();
    try (ResultRows rows = ((StatementResult.Rows) session.execute(sql)).rows()) {
      while (rows.next()) {
        found.add(rows.text(0));
      }
    }
    return found;
  }

  @Test
  void theyGoWithTheirSession() {
    try (Client client = Client.open();
        Session next = client.newSession()) {
      Session session = client.newSession();
      session.execute("CREATE TEMP TABLE t (id SERIAL PRIMARY KEY)");
      session.execute("INSERT INTO t DEFAULT VALUES");
      assertThat(column(session, SCHEMAS)).hasSize(1);
      session.close();
      next.execute("CREATE TEMP TABLE other (id INTEGER)");
      assertThat(column(next, SCHEMAS)).hasSize(1);
      assertThat(column(next, "SELECT sequence_name FROM information_schema.sequences")).isEmpty();
    }
  }

  @Test
  void whatAnAbruptEndLeavesGoesAtTheNextOpening(@TempDir Path directory) {
    try (Client client = Client.open(directory.resolve("data"))) {
      Session session = client.newSession();
      session.execute("CREATE TABLE kept (id INTEGER)");
      session.execute("CREATE TEMP TABLE t (id INTEGER)");
    }
    try (Client client = Client.open(directory.resolve("data"));
        Session session = client.newSession()) {
      session.execute("CREATE TEMP TABLE t2 (id INTEGER)");
      assertThat(
              column(
                  session,
                  "SELECT table_name FROM information_schema.tables"
                      + " WHERE table_schema NOT IN ('information_schema') ORDER BY 1"))
          .containsExactly("kept", "t2");
    }
  }
}

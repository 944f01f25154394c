// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.function.FunctionRegistry;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Whether {@code pg_proc} knows the functions that can be called. */
class FunctionCatalogTest {
  /** What PostgreSQL has as syntax or in another schema, and what no user can write. */
  private static final Set<String> NOT_IN_PG_CATALOG =
      Set.of(
          "_pg_expandarray",
          "cluster_add",
          "cluster_remove",
          "cluster_transfer",
          "commit_status",
          "current_catalog",
          "current_date",
          "current_role",
          "current_timestamp",
          "localtime",
          "localtimestamp",
          "name's character",
          "pg_stat_statements_reset",
          "sequence's is_called",
          "sequence's last_value",
          "trim",
          "user");

  /** Their lines are in functions.txt, as those of PostgreSQL's pg_proc. */
  @Test
  void everyFunctionHasItsRow() {
    Set<String> missing = new TreeSet<>(FunctionRegistry.names());
    try (Database database =
            Database.open(
                new FakeTransactionManager(),
                Scheduler.threads(),
                Clock.system(),
                DatabaseOptions.DEFAULT);
        Session session = database.newSession();
        ResultRows rows =
            ((StatementResult.Rows) session.execute("SELECT proname FROM pg_proc")).rows()) {
      while (rows.next()) {
        missing.remove(rows.text(0));
      }
    }
    assertThat(missing).isEqualTo(new TreeSet<>(NOT_IN_PG_CATALOG));
  }
}

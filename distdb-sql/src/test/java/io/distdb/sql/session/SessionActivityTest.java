// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.Value;
import io.distdb.sql.activity.NormalizedText;
import io.distdb.sql.activity.Secrets;
import io.distdb.sql.fake.FakeTransactionManager;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What sessions and statements tell of themselves. */
class SessionActivityTest {
  private final Database database =
      Database.open(
          new FakeTransactionManager(),
          Scheduler.threads(),
          Clock.system(),
          DatabaseOptions.DEFAULT);
  private final Session watching = database.newSession();
  private final ServerSession served = database.newSession();

  @BeforeEach
  void begin() {
    served.start(Map.of("application_name", "app"));
    served.connectedFrom(new InetSocketAddress("127.0.0.1", 4_711));
    run(served, "CREATE TABLE t (id integer PRIMARY KEY, n integer)");
  }

  private static List<String> run(Session session, String sql) {
    List<String> lines = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows rows) {
      try (ResultRows cursor = rows.rows()) {
        while (cursor.next()) {
          List<String> cells = new ArrayList<>();
          for (int i = 0; i < cursor.columns().size(); i++) {
            cells.add(String.valueOf(cursor.text(i)));
          }
          lines.add(String.join("|", cells));
        }
      }
    }
    return lines;
  }

  private List<String> activity(String columns) {
    return run(
        watching, "SELECT " + columns + " FROM pg_stat_activity WHERE pid = " + served.processId());
  }

  private List<String> totals(String columns, String like) {
    return run(
        watching, "SELECT " + columns + " FROM pg_stat_statements WHERE query LIKE '" + like + "'");
  }

  @Test
  void aSessionShowsWhoWhereAndWhat() {
    assertThat(activity("datname, application_name, client_addr, client_port, state, query"))
        .containsExactly(
            database.name()
                + "|app|127.0.0.1|4711|idle|CREATE TABLE t (id integer PRIMARY KEY, n integer)");
    run(served, "BEGIN");
    assertThat(activity("state, xact_start IS NOT NULL, wait_event_type, wait_event"))
        .containsExactly("idle in transaction|t|Client|ClientRead");
    assertThatThrownBy(() -> run(served, "SELECT 1 / 0")).hasMessage("division by zero");
    assertThat(activity("state")).containsExactly("idle in transaction (aborted)");
    run(served, "ROLLBACK");
    assertThat(activity("state, xact_start IS NULL, query_start <= state_change"))
        .containsExactly("idle|t|t");
  }

  @Test
  void aStatementWhoseRowsAreReadIsActive() {
    run(served, "INSERT INTO t SELECT i, i FROM generate_series(1, 5000) AS s (i)");
    StatementResult.Rows rows = (StatementResult.Rows) served.execute("SELECT n FROM t");
    assertThat(rows.rows().next()).isTrue();
    assertThat(activity("state, query")).containsExactly("active|SELECT n FROM t");
    rows.rows().close();
    assertThat(activity("state")).containsExactly("idle");
  }

  @Test
  void aSessionSeesItselfRunning() {
    assertThat(run(watching, "SELECT state FROM pg_stat_activity WHERE pid = pg_backend_pid()"))
        .containsExactly("active");
  }

  @Test
  void runsOfAStatementAreAddedUpWhateverItsLiterals() {
    run(served, "INSERT INTO t VALUES (1, 10)");
    run(served, "INSERT INTO t VALUES (2, 20), (3, 30)");
    for (int i = 1; i <= 3; i++) {
      run(served, "SELECT n FROM t WHERE id = " + i);
    }
    try (Prepared prepared = served.prepare("SELECT n FROM t WHERE n > $1")) {
      ((StatementResult.Rows) prepared.execute(Value.of(10))).rows().close();
      StatementResult.Rows rows = (StatementResult.Rows) prepared.execute(Value.of(10));
      while (rows.rows().next()) {
        assertThat(rows.rows().getInt(0)).isGreaterThan(10);
      }
    }
    assertThat(totals("query, calls, rows", "%where id =%"))
        .containsExactly("select n from t where id = $1|3|3");
    assertThat(totals("calls, rows", "%n > $1")).containsExactly("2|2");
    assertThat(totals("sum(calls), sum(rows)", "insert into t %")).containsExactly("2|3");
    assertThat(
            totals(
                "bool_and(min_exec_time <= mean_exec_time AND mean_exec_time <= max_exec_time AND"
                    + " total_exec_time >= max_exec_time)",
                "%"))
        .containsExactly("t");
    run(watching, "SELECT pg_stat_statements_reset()");
    assertThat(totals("calls", "%")).isEmpty();
    run(served, "SELECT n FROM t WHERE id = 1");
    assertThat(totals("calls", "%where id =%")).containsExactly("1");
  }

  @Test
  void preparedInSqlIsCountedByItsPrepare() {
    run(served, "PREPARE q AS SELECT n FROM t WHERE id = $1");
    run(served, "EXECUTE q (1)");
    run(served, "EXECUTE q (2)");
    assertThat(totals("calls", "PREPARE q%")).containsExactly("2");
    assertThat(totals("calls", "execute q%")).isEmpty();
  }

  @Test
  void failuresAndSessionsWithoutServerAreNotCounted() {
    assertThatThrownBy(() -> run(served, "SELECT n / 0 FROM (VALUES (1)) AS v (n)"))
        .hasMessage("division by zero");
    run(watching, "SELECT 41");
    assertThat(totals("query", "%41%")).isEmpty();
    assertThat(totals("query", "%n / %")).isEmpty();
    run(watching, "SET pg_stat_statements.track = 'top'");
    run(watching, "SELECT 42 AS answer");
    assertThat(totals("calls", "select % as answer")).containsExactly("1");
  }

  @Test
  void whatADatabaseDidIsCounted() {
    String counted =
        "xact_commit, xact_rollback, tup_returned, tup_inserted, tup_updated, tup_deleted";
    String before = ofDatabase(counted);
    run(served, "INSERT INTO t VALUES (1, 1), (2, 2), (3, 3)");
    run(served, "UPDATE t SET n = 0 WHERE id < 3");
    run(served, "BEGIN");
    run(served, "DELETE FROM t WHERE id = 1");
    run(served, "ROLLBACK");
    run(served, "SELECT id FROM t");
    run(served, "INSERT INTO t VALUES (4, 4) RETURNING id");
    assertThatThrownBy(() -> run(served, "SELECT 1 / 0")).hasMessage("division by zero");
    assertThat(added(before, ofDatabase(counted)))
        .as("and the look at it before, one row and one commit")
        .isEqualTo("5|2|5|4|2|1");
    assertThat(ofDatabase("numbackends, sessions, sessions_killed")).isEqualTo("2|2|0");
    try (Session third = database.newSession()) {
      run(third, "DELETE FROM t");
      assertThat(ofDatabase("numbackends")).isEqualTo("3");
    }
    assertThat(ofDatabase("numbackends, sessions, tup_deleted")).isEqualTo("2|3|5");
    assertThat(
            ofDatabase(
                "session_time > 0, active_time > 0, stats_reset <= clock_timestamp(), blks_hit,"
                    + " deadlocks, tup_fetched IS NULL"))
        .isEqualTo("t|t|t|0|0|t");
  }

  private String ofDatabase(String columns) {
    String query = "SELECT %s FROM pg_stat_database WHERE datname = current_database()";
    return run(watching, query.formatted(columns)).getFirst();
  }

  private static String added(String before, String after) {
    String[] old = before.split("\\|");
    String[] now = after.split("\\|");
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < old.length; i++) {
      text.append(i == 0 ? "" : "|").append(Long.parseLong(now[i]) - Long.parseLong(old[i]));
    }
    return text.toString();
  }

  @Test
  void passwordsAreNotShown() {
    assertThat(Secrets.masked("ALTER ROLE a PASSWORD 'it''s' VALID UNTIL 'x'"))
        .isEqualTo("ALTER ROLE a PASSWORD '***' VALID UNTIL 'x'");
    assertThat(Secrets.masked("create user a encrypted password E'\\'x'"))
        .isEqualTo("create user a encrypted password '***'");
    assertThat(Secrets.masked("ALTER ROLE a PASSWORD $x$it's$x$"))
        .isEqualTo("ALTER ROLE a PASSWORD '***'");
    assertThat(Secrets.masked("ALTER ROLE a PASSWORD 'open"))
        .isEqualTo("ALTER ROLE a PASSWORD '***'");
    assertThat(Secrets.masked("SELECT password FROM t WHERE a = 'b'"))
        .isEqualTo("SELECT password FROM t WHERE a = 'b'");
  }

  @Test
  void liftedLiteralsReadAsParameters() {
    assertThat(NormalizedText.of("a = \u0001 and b = \u0004")).isEqualTo("a = $1 and b = $2");
  }

  @Test
  void settingsAreATable() {
    assertThat(
            run(
                watching,
                "SELECT setting, unit, vartype, context, min_val, reset_val FROM pg_settings WHERE"
                    + " name = 'statement_timeout'"))
        .containsExactly("0|ms|integer|user|0|0");
    run(watching, "SET statement_timeout = '2s'");
    assertThat(
            run(
                watching,
                "SELECT setting, source, reset_val FROM pg_catalog.pg_settings WHERE name ="
                    + " 'statement_timeout'"))
        .containsExactly("2000|session|0");
    assertThat(run(watching, "SELECT enumvals FROM pg_settings WHERE name = 'bytea_output'"))
        .containsExactly("{escape,hex}");
    assertThat(
            run(
                watching,
                "SELECT set_config('bytea_output', 'hex', false) FROM pg_settings WHERE name ="
                    + " 'bytea_output'"))
        .containsExactly("hex");
  }

  @Test
  void noticesBelowTheLeastLevelAreNotTold() {
    String drop = "DROP TABLE IF EXISTS nothing_there";
    assertThat(((StatementResult.Command) watching.execute(drop)).notice()).isPresent();
    run(watching, "SET client_min_messages = 'warning'");
    assertThat(((StatementResult.Command) watching.execute(drop)).notice()).isEmpty();
    assertThat(((StatementResult.Command) watching.execute("COMMIT")).notice()).isPresent();
    run(watching, "SET client_min_messages = 'error'");
    assertThat(((StatementResult.Command) watching.execute("COMMIT")).notice()).isEmpty();
  }
}

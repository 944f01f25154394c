// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.access.Role;
import io.distdb.sql.fake.FakeTransactionManager;
import org.junit.jupiter.api.Test;

/** Sessions of several roles beside each other: what one may, another may not. */
class RolesOfSessionsTest {
  private final Databases databases =
      Databases.open(
          new FakeTransactionManager(),
          Scheduler.threads(),
          Clock.system(),
          DatabaseOptions.DEFAULT);
  private final Session first = databases.main().newSession();

  private ServerSession session(String role) {
    return databases.session("postgres", databases.role(role).orElseThrow());
  }

  private static String refusal(Session session, String sql) {
    return catchThrowableOfType(
            DistDbException.class,
            () -> {
              if (session.execute(sql) instanceof StatementResult.Rows rows) {
                rows.rows().next();
              }
            })
        .getMessage();
  }

  private static String one(Session session, String sql) {
    try (ResultRows rows = ((StatementResult.Rows) session.execute(sql)).rows()) {
      return rows.next() ? rows.text(0) : "none";
    }
  }

  @Test
  void aCachedPlanLetsNoOtherRolePass() {
    first.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
    first.execute("INSERT INTO t VALUES (1, 'one')");
    first.execute("CREATE ROLE reader LOGIN");
    first.execute("CREATE ROLE stranger LOGIN");
    first.execute("GRANT SELECT ON t TO reader");
    Session reader = session("reader");
    Session stranger = session("stranger");
    String point = "SELECT v FROM t WHERE id = 1";
    for (int i = 0; i < 3; i++) {
      assertThat(one(first, point)).isEqualTo("one");
      assertThat(one(reader, point)).isEqualTo("one");
      assertThat(refusal(stranger, point)).isEqualTo("permission denied for table t");
    }
    Prepared prepared = reader.prepare(point);
    prepared.execute();
    first.execute("REVOKE SELECT ON t FROM reader");
    assertThat(refusal(reader, point)).isEqualTo("permission denied for table t");
    assertThatThrownBy(prepared::execute).hasMessage("permission denied for table t");
    first.execute("GRANT SELECT ON t TO PUBLIC");
    assertThat(one(stranger, point)).isEqualTo("one");
  }

  @Test
  void whatATransactionGrantsCountsInItAloneUntilItCommits() {
    first.execute("CREATE TABLE t (id integer PRIMARY KEY)");
    first.execute("CREATE ROLE reader LOGIN");
    Session reader = session("reader");
    first.execute("BEGIN");
    first.execute("GRANT SELECT ON t TO reader");
    first.execute("SET ROLE reader");
    assertThat(one(first, "SELECT count(*) FROM t")).isEqualTo("0");
    assertThat(refusal(reader, "SELECT count(*) FROM t")).contains("permission denied");
    first.execute("ROLLBACK");
    assertThat(refusal(reader, "SELECT count(*) FROM t")).contains("permission denied");
    assertThat(one(first, "SELECT current_user")).isEqualTo("postgres");
  }

  @Test
  void rolesAndOwnersOutliveTheProcess() {
    FakeTransactionManager store = new FakeTransactionManager();
    Databases before =
        Databases.open(store, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT);
    Session session = before.main().newSession();
    session.execute("CREATE ROLE owner LOGIN PASSWORD 'secret' VALID UNTIL '2100-01-01+00'");
    session.execute("CREATE DATABASE shop OWNER owner");
    before.close();
    Databases after =
        Databases.open(store, Scheduler.threads(), Clock.system(), DatabaseOptions.DEFAULT);
    Role owner = after.role("owner").orElseThrow();
    assertThat(owner.verifier().orElseThrow()).startsWith("SCRAM-SHA-256$4096:");
    assertThat(owner.validUntilMicros()).contains(4_102_444_800_000_000L);
    assertThat(owner.toString()).doesNotContain("SCRAM");
    try (Session shop = after.session("shop", owner)) {
      shop.execute("CREATE TABLE t (id integer)");
      shop.execute("SELECT * FROM t");
    }
    assertThatThrownBy(() -> after.main().newSession().execute("DROP ROLE owner"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            error ->
                assertThat(error.detail().orElseThrow())
                    .isEqualTo("owner of database shop\n1 object in database shop"));
  }

  @Test
  void sessionsOfOthersCannotBeEnded() {
    first.execute("CREATE ROLE a LOGIN");
    first.execute("CREATE ROLE b LOGIN");
    ServerSession a = session("a");
    ServerSession b = session("b");
    ServerSession other = session("a");
    String end = "SELECT pg_terminate_backend(";
    assertThat(refusal(a, end + ((ServerSession) first).processId() + ")"))
        .isEqualTo("must be a superuser to terminate superuser process");
    assertThat(refusal(a, end + b.processId() + ")"))
        .isEqualTo(
            "must be a member of the role whose process is being terminated or member of"
                + " pg_signal_backend");
    assertThat(one(a, end + other.processId() + ")")).isEqualTo("t");
    first.execute("GRANT pg_signal_backend TO a");
    assertThat(one(a, "SELECT pg_cancel_backend(" + b.processId() + ")")).isEqualTo("t");
  }

  @Test
  void aRoleThatIsDroppedMayNothingMore() {
    first.execute("CREATE TABLE t (id integer)");
    first.execute("GRANT SELECT ON t TO PUBLIC");
    first.execute("CREATE ROLE gone LOGIN SUPERUSER");
    Session gone = session("gone");
    gone.execute("CREATE TABLE u (id integer)");
    gone.execute("DROP TABLE u");
    first.execute("DROP ROLE gone");
    assertThat(refusal(gone, "CREATE TABLE u (id integer)"))
        .isEqualTo("permission denied for schema public");
    assertThat(refusal(gone, "CREATE ROLE back SUPERUSER"))
        .isEqualTo("must be superuser to create superusers");
  }
}

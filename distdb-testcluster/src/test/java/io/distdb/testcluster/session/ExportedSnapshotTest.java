// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** pg_export_snapshot and SET TRANSACTION SNAPSHOT; the errors are PostgreSQL 15's. */
final class ExportedSnapshotTest {
  private static final String REPEATABLE = "BEGIN ISOLATION LEVEL REPEATABLE READ";

  private final Client client = Client.open();
  private final Session exporter = client.newSession();
  private final Session importer = client.newSession();

  @AfterEach
  void close() {
    exporter.close();
    importer.close();
    client.close();
  }

  /** The first number, the completion of a command, or SQLSTATE and message. */
  private static String run(Session session, String sql) {
    try {
      return switch (session.execute(sql)) {
        case StatementResult.Command command -> command.completion();
        case StatementResult.Rows rows -> first(rows.rows());
      };
    } catch (DistDbException failure) {
      return failure.code().sqlState() + " " + failure.getMessage();
    }
  }

  private static String first(ResultRows rows) {
    try (rows) {
      return rows.next() ? Long.toString(rows.getLong(0)) : "nothing";
    }
  }

  private static String export(Session session) {
    try (ResultRows rows =
        ((StatementResult.Rows) session.execute("SELECT pg_export_snapshot()")).rows()) {
      rows.next();
      return rows.getString(0);
    }
  }

  private static String take(String name) {
    return "SET TRANSACTION SNAPSHOT '" + name + "'";
  }

  private void change(String sql) {
    client.execute(sql);
  }

  @Test
  void whoTakesASnapshotSeesWhatItsExporterSees() {
    change("CREATE TABLE t (a INT PRIMARY KEY)");
    change("INSERT INTO t VALUES (1)");
    run(exporter, REPEATABLE);
    String name = export(exporter);
    change("INSERT INTO t VALUES (2)");
    change("CREATE TABLE later (a INT)");
    change("ALTER TABLE t ADD COLUMN b INT");
    run(importer, REPEATABLE);
    assertThat(run(importer, take(name))).isEqualTo("SET");
    assertThat(run(importer, "SELECT count(*) FROM t")).isEqualTo("1");
    run(exporter, "COMMIT");
    change("DELETE FROM t");
    assertThat(run(importer, "SELECT count(*) FROM pg_class WHERE relname = 'later'"))
        .isEqualTo("0");
    assertThat(run(importer, "SELECT sum(a) FROM t")).isEqualTo("1");
    assertThat(run(importer, "COMMIT")).isEqualTo("COMMIT");
  }

  @Test
  void aSnapshotOfOneStatementOutlivesIt() {
    change("CREATE TABLE t (a INT)");
    run(exporter, "BEGIN");
    String first = export(exporter);
    change("INSERT INTO t VALUES (1)");
    assertThat(run(exporter, "SELECT count(*) FROM t")).isEqualTo("1");
    String second = export(exporter);
    assertThat(first).matches("[0-9A-F]{8}-[0-9A-F]{8}-1");
    assertThat(second).isEqualTo(first.substring(0, first.length() - 1) + "2");
    run(importer, "BEGIN ISOLATION LEVEL REPEATABLE READ READ ONLY");
    run(importer, take(first));
    assertThat(run(importer, "SELECT count(*) FROM t")).isEqualTo("0");
    run(importer, "COMMIT");
    run(importer, REPEATABLE);
    run(importer, take(second));
    assertThat(run(importer, "SELECT count(*) FROM t")).isEqualTo("1");
    assertThat(run(importer, "INSERT INTO t VALUES (2)")).isEqualTo("INSERT 0 1");
    assertThat(run(importer, "COMMIT")).isEqualTo("COMMIT");
  }

  @Test
  void aNameIsGoneWithItsTransaction() {
    run(exporter, REPEATABLE);
    String name = export(exporter);
    run(exporter, "ROLLBACK");
    run(importer, REPEATABLE);
    assertThat(run(importer, take(name)))
        .isEqualTo("22023 invalid snapshot identifier: \"" + name + "\"");
    run(importer, "ROLLBACK");
    String alone = export(exporter);
    run(importer, REPEATABLE);
    assertThat(run(importer, take(alone))).startsWith("22023");
    run(importer, "ROLLBACK");
    run(exporter, "BEGIN");
    String closed = export(exporter);
    exporter.close();
    run(importer, REPEATABLE);
    assertThat(run(importer, take(closed))).startsWith("22023");
  }

  @Test
  void whoIsNotFitForASnapshotIsRefused() {
    change("CREATE DATABASE elsewhere");
    run(exporter, REPEATABLE);
    String name = export(exporter);
    run(importer, "BEGIN");
    assertThat(run(importer, take(name)))
        .isEqualTo(
            "0A000 a snapshot-importing transaction must have isolation level SERIALIZABLE or"
                + " REPEATABLE READ");
    run(importer, "ROLLBACK");
    run(importer, REPEATABLE);
    run(importer, "SELECT 1");
    assertThat(run(importer, take(name)))
        .isEqualTo("25001 SET TRANSACTION SNAPSHOT must be called before any query");
    run(importer, "ROLLBACK");
    run(importer, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    assertThat(run(importer, take(name)))
        .isEqualTo(
            "0A000 a serializable transaction cannot import a snapshot from a non-serializable"
                + " transaction");
    run(importer, "ROLLBACK");
    assertThat(run(importer, take(name))).startsWith("0A000 a snapshot-importing");
    try (Client other = client.database("elsewhere");
        Session stranger = other.newSession()) {
      run(stranger, REPEATABLE);
      assertThat(run(stranger, take(name)))
          .isEqualTo("0A000 cannot import a snapshot from a different database");
    }
    run(exporter, "SAVEPOINT s");
    assertThat(run(exporter, "SELECT pg_export_snapshot()"))
        .isEqualTo("25001 cannot export a snapshot from a subtransaction");
  }

  @Test
  void serializableReadersShareASnapshot() {
    change("CREATE TABLE t (a INT)");
    run(exporter, "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY");
    String name = export(exporter);
    change("INSERT INTO t VALUES (1)");
    run(importer, "BEGIN ISOLATION LEVEL SERIALIZABLE READ ONLY");
    assertThat(run(importer, take(name))).isEqualTo("SET");
    assertThat(run(importer, "SELECT count(*) FROM t")).isEqualTo("0");
    run(importer, "ROLLBACK");
    run(importer, "BEGIN ISOLATION LEVEL SERIALIZABLE");
    assertThat(run(importer, take(name))).startsWith("0A000 importing a snapshot into");
  }
}

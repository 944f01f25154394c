// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./distdb dump}, and what it writes back into a database. */
final class DumpCommandTest {
  @TempDir private Path directory;

  private record Answer(int code, String out, String err) {}

  private static Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(code, out.toString(), err.toString());
  }

  private String data(String name) {
    return directory.resolve(name).toString();
  }

  private void sql(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("sql", "-q", "--data", data(name)));
    all.addAll(List.of(arguments));
    Answer answer = run(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
  }

  /** The dump without its time. */
  private String dump(String name, String... options) throws IOException {
    Path file = directory.resolve(name + ".sql");
    List<String> all =
        new ArrayList<>(List.of("dump", "--data", data(name), "-o", file.toString()));
    all.addAll(List.of(options));
    Answer answer = run(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).isEmpty();
    return Files.readString(file).replaceFirst(" as of .*", "");
  }

  @Test
  void everyFeatureIsRestored() throws IOException {
    Path script = directory.resolve("every-feature.sql");
    try (InputStream text = DumpCommandTest.class.getResourceAsStream("every-feature.sql")) {
      Files.copy(text, script);
    }
    sql("first", "-f", script.toString());
    String dump = dump("first");
    sql("second", "-f", directory.resolve("first.sql").toString());
    assertThat(dump("second")).isEqualTo(dump);
    assertThat(dump).contains("-12345678.90", "[0:1][2:3]={{1.5,NaN},{Infinity,-0}}", "5e-324");
    assertThat(dump).endsWith("-- DistDB database dump complete\n--\n");
  }

  @Test
  void cyclesOfForeignKeysAreRestored() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE TABLE a (id INT PRIMARY KEY, b INT); CREATE TABLE b (id INT PRIMARY KEY, a INT"
            + " REFERENCES a); INSERT INTO a VALUES (1, 2); INSERT INTO b VALUES (2, 1); ALTER"
            + " TABLE a ADD FOREIGN KEY (b) REFERENCES b");
    String dump = dump("first");
    sql("second", "-f", directory.resolve("first.sql").toString());
    assertThat(dump("second")).isEqualTo(dump);
  }

  @Test
  void aViewMeansTheSameOnAnySearchPath() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE SCHEMA s; CREATE TABLE s.t (a INT); CREATE TABLE t (a INT); SET search_path = s;"
            + " CREATE VIEW v AS WITH x AS (SELECT a FROM t) SELECT x.a, t.a AS b FROM x, t");
    assertThat(dump("first"))
        .contains(
            "CREATE VIEW s.v (a, b) AS\n"
                + "WITH x AS (SELECT a FROM s.t) SELECT x.a, t.a AS b FROM x, s.t;");
  }

  @Test
  void schemaDataAndTablesAreChosen() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE TABLE p (id INT PRIMARY KEY); CREATE TABLE a_child (id SERIAL, p INT REFERENCES p);"
            + " INSERT INTO p VALUES (7); INSERT INTO a_child (p) VALUES (7); CREATE VIEW v AS"
            + " TABLE p");
    assertThat(dump("first", "-s"))
        .contains("CREATE TABLE public.p", "FOREIGN KEY (p)", "CREATE VIEW")
        .doesNotContain("COPY", "setval");
    String rows = dump("first", "-a");
    assertThat(rows).contains("setval('public.a_child_id_seq', 1, true)").doesNotContain("CREATE");
    assertThat(rows.indexOf("COPY public.p")).isLessThan(rows.indexOf("COPY public.a_child"));
    assertThat(dump("first", "-t", "a_*"))
        .contains("CREATE TABLE public.a_child", "FOREIGN KEY", "a_child_id_seq", "COPY")
        .doesNotContain("CREATE TABLE public.p", "CREATE VIEW", "COPY public.p ");
    assertThat(dump("first", "-t", "\"v\"", "-t", "PUBLIC.P"))
        .contains("CREATE VIEW", "CREATE TABLE public.p")
        .doesNotContain("a_child");
  }

  @Test
  void aTableThatIsNotThereIsSaidSo() {
    sql("first", "-c", "CREATE TABLE t (a INT)");
    Answer answer = run("dump", "--data", data("first"), "-o", data("x"), "-t", "other");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("no matching tables were found for other");
    Answer both = run("dump", "--data", data("first"), "-o", data("x"), "-a", "-s");
    assertThat(both.code()).isEqualTo(2);
  }

  /** Restored, each block is a transaction of its own. */
  @Test
  void aLargeTableIsSeveralBlocks() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE TABLE t (id INT PRIMARY KEY, x TEXT); INSERT INTO t SELECT n,"
            + " repeat('x', 200) || E'\\n' FROM generate_series(1, 25000) AS g (n)");
    String dump = dump("first");
    assertThat(dump.split("COPY public.t", -1)).hasSize(4);
    sql("second", "-f", directory.resolve("first.sql").toString());
    assertThat(dump("second")).isEqualTo(dump);
  }

  @Test
  void ownersAndPrivilegesAreRestored() throws IOException {
    String roles = "CREATE ROLE alice; CREATE ROLE \"Bob B\"; ";
    sql(
        "first",
        "-c",
        roles
            + "CREATE SCHEMA s; ALTER SCHEMA s OWNER TO alice; CREATE TABLE s.t (a SERIAL, \"B b\" INT);"
            + " ALTER TABLE s.t OWNER TO alice; CREATE VIEW v AS SELECT 1 AS one; GRANT SELECT ON v TO"
            + " PUBLIC; CREATE SEQUENCE q; ALTER SEQUENCE q OWNER TO \"Bob B\"; GRANT USAGE ON SEQUENCE"
            + " q TO alice WITH GRANT OPTION; SET ROLE alice; GRANT SELECT, INSERT ON s.t TO \"Bob B\""
            + " WITH GRANT OPTION; GRANT UPDATE (\"B b\") ON s.t TO PUBLIC; REVOKE DELETE ON s.t FROM"
            + " alice; SET ROLE \"Bob B\"; GRANT SELECT ON s.t TO PUBLIC");
    String dump = dump("first");
    assertThat(dump)
        .contains(
            "ALTER TABLE s.t OWNER TO alice;",
            "GRANT INSERT, SELECT ON TABLE s.t TO \"Bob B\" WITH GRANT OPTION;",
            "GRANT UPDATE (\"B b\") ON TABLE s.t TO PUBLIC;",
            "SET SESSION AUTHORIZATION \"Bob B\";");
    sql("second", "-c", roles, "-f", directory.resolve("first.sql").toString());
    assertThat(dump("second")).isEqualTo(dump);
    assertThat(dump("first", "-O", "-x")).doesNotContain("OWNER TO", "GRANT");
  }
}

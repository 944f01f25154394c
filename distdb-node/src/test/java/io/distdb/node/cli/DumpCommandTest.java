// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** {@code ./distdb dump}, and what it writes back into a database. */
final class DumpCommandTest {
  @TempDir private Path directory;

  private String data(String name) {
    return directory.resolve(name).toString();
  }

  private void sql(String name, String... arguments) {
    List<String> all = new ArrayList<>(List.of("sql", "-q", "--data", data(name)));
    all.addAll(List.of(arguments));
    Answer answer = Answer.to(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
  }

  /** The dump without its time. */
  private String dump(String name, String... options) throws IOException {
    Path file = directory.resolve(name + ".sql");
    List<String> all =
        new ArrayList<>(List.of("dump", "--data", data(name), "-o", file.toString()));
    all.addAll(List.of(options));
    Answer answer = Answer.to(all.toArray(String[]::new));
    assertThat(answer.code()).as(answer.err()).isZero();
    assertThat(answer.out()).isEmpty();
    return Files.readString(file).replaceFirst(" as of .*", "");
  }

  private void everyFeature(String name) throws IOException {
    Path script = directory.resolve("every-feature.sql");
    try (InputStream text = DumpCommandTest.class.getResourceAsStream("every-feature.sql")) {
      Files.copy(text, script);
    }
    sql(name, "-f", script.toString());
  }

  private void restore(String name) {
    sql(name, "-f", directory.resolve("first.sql").toString());
  }

  /** Rows as INSERT statements are the same rows. */
  @ParameterizedTest
  @ValueSource(strings = {"--inserts", "--column-inserts", "--rows-per-insert=3"})
  void insertsAreRestored(String style) throws IOException {
    everyFeature("first");
    String dump = dump("first");
    assertThat(dump("first", style)).contains("INSERT INTO", "-12345678.90").doesNotContain("COPY");
    restore("second");
    assertThat(dump("second")).isEqualTo(dump);
  }

  @Test
  void insertsAreWrittenAsPostgresWritesThem() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE TABLE t (id INT GENERATED ALWAYS AS IDENTITY, b BOOLEAN, t TEXT, n NUMERIC, f"
            + " REAL); INSERT INTO t (b, t, n, f) VALUES (true, E'it''s\\n\\\\', -1.50, 'NaN'),"
            + " (false, NULL, 2, 1e30)");
    assertThat(dump("first", "--inserts"))
        .contains(
            "INSERT INTO public.t OVERRIDING SYSTEM VALUE VALUES (1, true, E'it''s\n\\\\', -1.50,"
                + " 'NaN');\n"
                + "INSERT INTO public.t OVERRIDING SYSTEM VALUE VALUES (2, false, NULL, 2,"
                + " 1e+30);\n");
    assertThat(dump("first", "--column-inserts", "--rows-per-insert", "2"))
        .contains(
            "INSERT INTO public.t (id, b, t, n, f) OVERRIDING SYSTEM VALUE VALUES (1, true,",
            "'NaN'),\n    (2, false,");
  }

  /** Over what is there, and, with IF EXISTS, where nothing is. */
  @Test
  void cleanDropsFirstWhatItDefines() throws IOException {
    everyFeature("first");
    String dump = dump("first");
    restore("second");
    assertThat(dump("first", "-c")).contains("DROP TABLE app.child;");
    restore("second");
    assertThat(dump("second")).isEqualTo(dump);
    assertThat(dump("first", "-c", "--if-exists"))
        .contains(
            "DROP VIEW IF EXISTS app.v4;",
            "ALTER TABLE IF EXISTS ONLY app.child DROP CONSTRAINT IF EXISTS fk;",
            "DROP SCHEMA IF EXISTS \"Odd Schema\";");
    restore("second");
    assertThat(dump("second")).isEqualTo(dump);
    dump("first", "-c", "--if-exists");
    restore("third");
    assertThat(dump("third")).isEqualTo(dump);
  }

  @Test
  void rolesAndTheirMembershipsAreRestored() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE ROLE alice LOGIN CREATEDB PASSWORD 'secret' CONNECTION LIMIT 3 VALID UNTIL"
            + " '2030-01-01 00:00:00+00'; CREATE ROLE \"Bob B\" NOINHERIT; CREATE ROLE readers; GRANT"
            + " readers TO alice WITH ADMIN OPTION; GRANT readers TO \"Bob B\" GRANTED BY alice;"
            + " GRANT pg_read_all_data TO readers; ALTER ROLE alice SET search_path = app, \"Odd,"
            + " one\"; ALTER ROLE alice SET statement_timeout = '5s'; CREATE TABLE t (a INT); ALTER"
            + " TABLE t OWNER TO alice; GRANT SELECT ON t TO readers");
    assertThat(dump("first")).doesNotContain("CREATE ROLE");
    String dump = dump("first", "--roles");
    assertThat(dump)
        .contains(
            "CREATE ROLE \"Bob B\";\n"
                + "ALTER ROLE \"Bob B\" WITH NOSUPERUSER NOINHERIT NOCREATEROLE NOCREATEDB NOLOGIN"
                + " NOREPLICATION NOBYPASSRLS;\n",
            "ALTER ROLE alice SET search_path TO 'app', 'Odd, one';",
            "GRANT readers TO alice WITH ADMIN OPTION GRANTED BY postgres;",
            "CREATE TABLE public.t")
        .doesNotContain("SCRAM", "secret", "CREATE ROLE postgres", "CREATE ROLE pg_");
    restore("second");
    assertThat(dump("second", "--roles")).isEqualTo(dump);
    assertThat(dump("first", "-r")).contains("GRANT readers TO").doesNotContain("TABLE", "COPY");
    restore("third");
    assertThat(dump("third", "-r")).isEqualTo(dump("first", "-r"));
  }

  /** They come last: what is restored begins without them. */
  @Test
  void defaultPrivilegesAreRestored() throws IOException {
    String roles = "CREATE ROLE alice; CREATE ROLE \"Bob B\"; ";
    sql(
        "first",
        "-c",
        roles
            + "CREATE SCHEMA s; CREATE TABLE t (a INT); ALTER DEFAULT PRIVILEGES FOR ROLE alice IN"
            + " SCHEMA s GRANT SELECT, INSERT ON TABLES TO \"Bob B\" WITH GRANT OPTION; ALTER DEFAULT"
            + " PRIVILEGES GRANT USAGE ON SEQUENCES TO PUBLIC; ALTER DEFAULT PRIVILEGES FOR ROLE alice"
            + " REVOKE DELETE ON TABLES FROM alice; ALTER DEFAULT PRIVILEGES GRANT CREATE ON SCHEMAS"
            + " TO alice");
    String dump = dump("first");
    assertThat(dump)
        .contains(
            "ALTER DEFAULT PRIVILEGES FOR ROLE alice IN SCHEMA s GRANT INSERT, SELECT ON TABLES TO"
                + " \"Bob B\" WITH GRANT OPTION;",
            "ALTER DEFAULT PRIVILEGES FOR ROLE postgres GRANT USAGE ON SEQUENCES TO PUBLIC;",
            "ALTER DEFAULT PRIVILEGES FOR ROLE alice REVOKE ALL ON TABLES FROM PUBLIC, alice;");
    sql("second", "-c", roles, "-f", directory.resolve("first.sql").toString());
    assertThat(dump("second")).isEqualTo(dump);
    assertThat(dump("first", "-n", "s")).contains("IN SCHEMA s").doesNotContain("SEQUENCES");
    assertThat(dump("first", "-x")).doesNotContain("DEFAULT PRIVILEGES");
  }

  @Test
  void schemasAreChosen() throws IOException {
    sql(
        "first",
        "-c",
        "CREATE SCHEMA app; CREATE SCHEMA other; CREATE TABLE app.t (a INT); CREATE TABLE other.u (a"
            + " INT); CREATE TABLE v (a INT); COMMENT ON SCHEMA app IS 'x'");
    assertThat(dump("first", "-n", "APP"))
        .contains("CREATE SCHEMA app", "CREATE TABLE app.t", "COMMENT ON SCHEMA app")
        .doesNotContain("other", "public.v");
    assertThat(dump("first", "-n", "app", "-n", "public"))
        .contains("app.t", "public.v")
        .doesNotContain("other");
    assertThat(dump("first", "-n", "app", "-t", "other.*"))
        .contains("CREATE TABLE other.u")
        .doesNotContain("app");
    Answer answer = Answer.to("dump", "--data", data("first"), "-f", data("x"), "-n", "nowhere");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("no matching schemas were found for nowhere");
  }

  @ParameterizedTest
  @ValueSource(strings = {"-a -s", "-a -c", "--if-exists", "--rows-per-insert 0", "-r -s"})
  void optionsThatDoNotGoTogetherAreRefused(String options) {
    List<String> all = new ArrayList<>(List.of("dump", "--data", data("first")));
    all.addAll(List.of(options.split(" ")));
    assertThat(Answer.to(all.toArray(String[]::new)).code()).isEqualTo(2);
  }

  @Test
  void everyFeatureIsRestored() throws IOException {
    everyFeature("first");
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
    Answer answer = Answer.to("dump", "--data", data("first"), "-o", data("x"), "-t", "other");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("no matching tables were found for other");
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

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** {@code ./distdb sql --url} and {@code ./distdb dump --url}, at a node of this process. */
final class ShellOverNetworkTest {
  @TempDir private Path directory;
  private ServedNode node;

  private record Answer(int code, String out, String err) {}

  @BeforeEach
  void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private String url() {
    return "postgresql://postgres:secret@127.0.0.1:" + node.sqlAddress().getPort() + "/postgres";
  }

  private Answer script(String text, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("script.sql"), text);
    List<String> all = new ArrayList<>(List.of("sql", "--url", url(), "-f", file.toString()));
    all.addAll(List.of(options));
    return run(all.toArray(String[]::new));
  }

  private static Answer run(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(arguments);
    return new Answer(code, out.toString().replaceAll(" +\n", "\n"), err.toString());
  }

  private static final String TABLES =
      """
      CREATE SCHEMA store;
      CREATE TABLE parts (id INTEGER PRIMARY KEY, name TEXT NOT NULL UNIQUE, CHECK (id > 0));
      CREATE TABLE store.stock (part INTEGER REFERENCES parts (id) ON DELETE CASCADE, n BIGINT);
      CREATE INDEX stock_n ON store.stock (n DESC);
      CREATE VIEW cheap AS SELECT id FROM parts;
      CREATE SEQUENCE numbers;
      """;

  @Test
  void statementsAnswerAsInTheSameProcess() throws IOException {
    Answer answer =
        script(
            """
            CREATE TABLE t (a INTEGER, b TEXT);
            INSERT INTO t VALUES (1, 'x'), (2, NULL);
            SELECT * FROM t ORDER BY a;
            INSERT INTO t VALUES (3, 'y') RETURNING a;
            """);
    assertThat(answer)
        .isEqualTo(
            new Answer(
                0,
                """
                CREATE TABLE
                INSERT 0 2
                 a | b
                ---+---
                 1 | x
                 2 |
                (2 rows)

                 a
                ---
                 3
                (1 row)

                INSERT 0 1
                """,
                ""));
  }

  /** As psql does: a notice comes before its statement's answer, the data of \\copy behind it. */
  @Test
  void noticesComeFirstAndDataOfCopyFollow() throws IOException {
    Answer answer =
        script(
            """
            CREATE TABLE t (a INTEGER, b TEXT);
            \\copy t FROM stdin
            1\tone
            2\ttwo
            \\.
            SELECT sum(a) FROM t \\gx
            CREATE VIEW v AS SELECT a FROM t;
            CREATE VIEW w AS SELECT a FROM t;
            DROP TABLE t CASCADE;
            SELECT pg_cancel_backend(a) FROM (VALUES (0), (999999)) AS x (a) \\g /dev/null
            """);
    assertThat(answer.out())
        .isEqualTo(
            """
            CREATE TABLE
            COPY 2
            -[ RECORD 1 ]
            sum | 3

            CREATE VIEW
            CREATE VIEW
            DROP TABLE
            """);
    assertThat(answer.err())
        .contains("NOTICE:  drop cascades to 2 other objects\n")
        .contains("WARNING:  PID 0 is not")
        .contains("WARNING:  PID 999999 is not");
    assertThat(answer.code()).isZero();
  }

  @Test
  void resultsLargerThanOneFetchAreWhole() throws IOException {
    Answer answer = script("SELECT n FROM generate_series(1, 12345) n", "-A", "-t");
    assertThat(answer.code()).isZero();
    assertThat(answer.out().lines().count()).isEqualTo(12_345);
    assertThat(answer.out()).endsWith("\n12345\n");
  }

  @Test
  void listsShowWhatUsersMade() throws IOException {
    Answer answer = script(TABLES + "\\d\n\\di\n\\dn\n", "-q");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .isEqualTo(
            """
                  List of relations
             Schema |  Name   |   Type
            --------+---------+----------
             public | cheap   | view
             public | numbers | sequence
             public | parts   | table
             store  | stock   | table

                        List of relations
             Schema |      Name      | Type  | Table
            --------+----------------+-------+-------
             public | parts_name_key | index | parts
             public | parts_pkey     | index | parts
             store  | stock_n        | index | stock

            List of schemas
              Name
            --------
             public
             store

            """);
  }

  @Test
  void descriptionsOfTablesAreThoseOfTheSameProcess() throws IOException {
    String described = TABLES + "\\d parts\n\\d store.stock\n\\d numbers\n\\l\n\\du\n";
    Path file = Files.writeString(directory.resolve("same.sql"), described);
    Answer here = run("sql", "--memory", "-q", "-f", file.toString());
    Answer there = script(described, "-q");
    assertThat(there.code()).isZero();
    assertThat(there.out().replace("public.", "")).isEqualTo(here.out().replace("public.", ""));
  }

  @Test
  void functionsAreFoundByPattern() throws IOException {
    assertThat(script("\\df left").out())
        .contains(" left | text             | text, integer       | func");
    assertThat(script("\\df no_such*").out()).isEqualTo("There are no functions named no_such*.\n");
  }

  @Test
  void functionsOfASchemaAreFoundByItsName() throws IOException {
    assertThat(script("\\df pg_cat*.left").out())
        .contains(" left | text             | text, integer       | func")
        .isEqualTo(script("\\df left").out());
    assertThat(script("\\df public.*").out()).isEqualTo("There are no functions named public.*.\n");
  }

  @Test
  void notificationsFollowTheStatementThatMeetsThem() throws IOException {
    Answer answer = script("LISTEN news;\nNOTIFY news, 'first';\nNOTIFY news;\nNOTIFY other;\n");
    assertThat(answer.out().replaceAll("PID \\d+", "PID n"))
        .isEqualTo(
            """
            LISTEN
            NOTIFY
            Asynchronous notification "news" with payload "first" received from server process with PID n.
            NOTIFY
            Asynchronous notification "news" received from server process with PID n.
            NOTIFY
            """);
  }

  @Test
  void unknownRelationIsAnErrorWithItsPlace() throws IOException {
    Answer answer = script("SELECT 1 AS one;\n\\d missing\nSELECT 2 AS two;\n", "-A", "-t");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.out()).isEqualTo("1\n");
    assertThat(answer.err())
        .contains("script.sql:2: ERROR:  relation \"missing\" does not exist")
        .contains("SQLSTATE:  42P01");
  }

  @Test
  void errorsPointAtTheirPosition() throws IOException {
    Answer answer = script("CREATE TABLE t (name TEXT);\nSELECT nam\n  FROM t;\n");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err())
        .contains("script.sql:2: ERROR:  column \"nam\" does not exist\n")
        .contains("LINE 1: SELECT nam\n               ^\n")
        .contains("HINT:  Perhaps you meant to reference the column \"t.name\".\n");
  }

  @Test
  void filesAndInlineDataAreCopied() throws IOException {
    Path in = Files.writeString(directory.resolve("in.csv"), "id,name\n1,lamp\n2,chair\n");
    Path out = directory.resolve("out.csv");
    Answer answer =
        script(
            "CREATE TABLE t (id INTEGER, name TEXT);\n\\copy t FROM '"
                + in
                + "' CSV HEADER\nCOPY t FROM stdin;\n3\tbed\n\\.\n\\copy t TO '"
                + out
                + "' CSV\n");
    assertThat(answer).isEqualTo(new Answer(0, "CREATE TABLE\nCOPY 2\nCOPY 1\nCOPY 3\n", ""));
    assertThat(out).hasContent("1,lamp\n2,chair\n3,bed\n");
  }

  @Test
  void anotherDatabaseIsAnotherConnection() throws IOException {
    Answer answer =
        script(
            """
            CREATE DATABASE shop;
            \\c shop
            CREATE TABLE t (a INTEGER);
            SELECT current_database();
            \\c postgres
            \\dt
            """,
            "-A",
            "-t",
            "-q");
    assertThat(answer.out())
        .isEqualTo(
            """
            You are now connected to database "shop".
            shop
            You are now connected to database "postgres".
            There are no tables.
            """);
    Answer missing = script("\\set ON_ERROR_STOP off\n\\c none\nSELECT current_database();", "-At");
    assertThat(missing.err()).contains("database \"none\" does not exist").contains("3D000");
    assertThat(missing.out()).isEqualTo("postgres\n");
    assertThat(run("sql", "--url", url(), "-d", "shop", "-Atc", "SELECT current_database()").out())
        .isEqualTo("shop\n");
  }

  @Test
  void aUrlForAnotherDatabaseIsRefusedByName() throws IOException {
    Answer answer = script("\\c postgresql://a:hidden@h/d");
    assertThat(answer.err()).contains("0A000").doesNotContain("hidden");
  }

  @Test
  void connectionsAreToldWithoutTheirPassword() throws IOException {
    assertThat(script("\\conninfo").out())
        .isEqualTo(
            "You are connected to database \"postgres\", as user \"postgres\" of"
                + " postgresql://127.0.0.1:"
                + node.sqlAddress().getPort()
                + "/postgres.\n");
  }

  @Test
  void singleTransactionKeepsNothingAfterAnError() throws IOException {
    assertThat(script("CREATE TABLE t (a INTEGER); SELECT 1 / 0;", "-1").code()).isEqualTo(3);
    assertThat(script("\\dt").out()).isEqualTo("There are no tables.\n");
  }

  @Test
  void timeIsTold() throws IOException {
    assertThat(script("\\timing on\nSELECT 1;").out()).containsPattern("Time: \\d+\\.\\d+ ms");
  }

  /** Whatever ON_ERROR_STOP says: the session's settings and blocks are gone. */
  @Test
  void aScriptEndsWithItsConnection() throws IOException {
    Answer answer =
        script(
            """
            \\set ON_ERROR_STOP off
            SELECT pg_terminate_backend(pg_backend_pid());
            CREATE TABLE t (a INTEGER);
            """);
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("57P01").doesNotContain("42601");
    assertThat(node.node().database().definitions().tables()).isEmpty();
  }

  @Test
  void serversThatAreNotThereAreAnErrorOfOpening() {
    Answer answer =
        run(
            "sql",
            "--url",
            "postgresql://u:hidden@127.0.0.1:1/d?connect_timeout=60",
            "-c",
            "SELECT 1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("cannot connect to").doesNotContain("hidden");
  }

  @Test
  void placesExcludeEachOther() {
    assertThat(run("sql", "--url", url(), "--memory", "-c", "SELECT 1").code()).isEqualTo(2);
    assertThat(run("dump", "--url", url(), "--data", "d").code()).isEqualTo(2);
    assertThat(run("dump").code()).isEqualTo(2);
  }

  @Test
  void dumpsAreThoseOfTheSameProcess() throws IOException {
    assertThat(script(TABLES + "INSERT INTO parts VALUES (1, 'lamp');").code()).isZero();
    Path dump = directory.resolve("dump.sql");
    assertThat(run("dump", "--url", url(), "-o", dump.toString())).isEqualTo(new Answer(0, "", ""));
    assertThat(Files.readString(dump))
        .contains("CREATE TABLE public.parts")
        .contains("1\tlamp\n")
        .endsWith("-- DistDB database dump complete\n--\n");
  }
}

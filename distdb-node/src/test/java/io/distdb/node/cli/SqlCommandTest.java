// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** The command line as a user meets it: text in, text and exit code out. */
final class SqlCommandTest {
  @TempDir private Path directory;

  private record Answer(int code, String out, String err) {}

  private Answer sql(String... arguments) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    List<String> all =
        new ArrayList<>(List.of("sql", "--data", directory.resolve("db").toString()));
    all.addAll(List.of(arguments));
    int code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  private Path file(String name, String content) throws IOException {
    return Files.writeString(directory.resolve(name), content);
  }

  @Test
  void rowsArePrintedAsPsqlPrintsThem() {
    Answer answer =
        sql(
            "-c",
            "CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT, price DOUBLE PRECISION, b BOOLEAN)",
            "-c",
            "INSERT INTO t VALUES (1, 'lamp', 2.5, true), (20, NULL, NULL, false);"
                + " SELECT * FROM t ORDER BY id; SELECT name FROM t WHERE id = 1");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .isEqualTo(
            """
            CREATE TABLE
            INSERT 0 2
             id | name | price | b\s
            ----+------+-------+---
              1 | lamp |   2.5 | t
             20 |      |       | f
            (2 rows)

             name\s
            ------
             lamp
            (1 row)

            """);
    assertThat(answer.code()).isZero();
  }

  @Test
  void theDataIsThereInTheNextProcess() {
    sql("-c", "CREATE TABLE t (id BIGINT PRIMARY KEY)", "-c", "INSERT INTO t VALUES (7)");
    assertThat(sql("-c", "SELECT id FROM t").out()).contains("  7\n(1 row)");
  }

  @Test
  void anErrorEndsWithItsPlaceAndExitCode3() {
    Answer answer = sql("-c", "SELECT nam FROM nowhere", "-c", "CREATE TABLE t (id BIGINT)");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err())
        .contains("ERROR:  ", "LINE 1: SELECT nam FROM nowhere", "^", "SQLSTATE:  42P01");
    assertThat(answer.out()).doesNotContain("CREATE TABLE");
  }

  @Test
  void aScriptStopsAtItsFirstErrorAndNamesTheLine() throws IOException {
    Path script =
        file(
            "script.sql",
            """
            -- a comment; with a semicolon
            CREATE TABLE t (id BIGINT PRIMARY KEY);
            INSERT INTO t
              VALUES (1 / 0);
            INSERT INTO t VALUES (2);
            """);
    Answer answer = sql("-f", script.toString(), "-c", "SELECT 1");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("script.sql:").contains("SQLSTATE:  22012");
    assertThat(answer.out()).isEqualTo("CREATE TABLE\n");
    assertThat(sql("-c", "SELECT count(*) FROM t").out()).contains("     0\n(1 row)");
  }

  @Test
  void scriptsIncludeScripts() throws IOException {
    Path inner = file("inner.sql", "CREATE TABLE t (id BIGINT);\nSELECT 1 / 0;\n");
    Path outer = file("outer.sql", "\\i " + inner + "\nSELECT 2;\n");
    Answer answer = sql("-f", outer.toString());
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains("inner.sql:2: ERROR:").doesNotContain("outer.sql");
    Path endless = directory.resolve("endless.sql");
    Files.writeString(endless, "\\i " + endless + "\n");
    assertThat(sql("-f", endless.toString()).err()).contains("does it include itself?");
    assertThat(sql("-f", "missing.sql").err()).contains("missing.sql", "58P01");
  }

  @Test
  void backslashCommandsDescribe() {
    Answer answer =
        sql(
            "-c",
            "CREATE TABLE flights (origin TEXT NOT NULL, n INTEGER, PRIMARY KEY (origin, n));"
                + " CREATE INDEX by_n ON flights (n)",
            "-c",
            "\\dt",
            "-c",
            "\\d flights",
            "-c",
            "\\x",
            "-c",
            "SELECT 1 AS one");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains(" public | flights | table")
        .contains(" origin | text    | not null |")
        .contains("\"flights_pkey\" PRIMARY KEY, btree (origin, n)")
        .contains("\"by_n\" btree (n)")
        .contains("-[ RECORD 1 ]")
        .contains("one | 1");
    assertThat(sql("-c", "\\d nowhere").err()).contains("42P01");
    assertThat(sql("-c", "\\nonsense").err()).contains("\\?");
  }

  @Test
  void aTableIsDescribedWithItsConstraints() {
    Answer answer =
        sql(
            "-c",
            "CREATE TABLE a (id INTEGER PRIMARY KEY, code VARCHAR(5) DEFAULT 'x' UNIQUE,"
                + " n NUMERIC(5,2) CHECK (n > 0));"
                + " CREATE TABLE b (a_id INTEGER NOT NULL REFERENCES a ON DELETE CASCADE)",
            "-c",
            "\\d a",
            "-c",
            "\\d b");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains(
            """
                              Table "public.a"
             Column |         Type         | Nullable | Default
            --------+----------------------+----------+---------
             id     | integer              | not null |
             code   | character varying(5) |          | 'x'
             n      | numeric(5,2)         |          |
            Indexes:
                "a_pkey" PRIMARY KEY, btree (id)
                "a_code_key" UNIQUE CONSTRAINT, btree (code)
            Check constraints:
                "a_n_check" CHECK (n > 0)
            Referenced by:
                TABLE "b" CONSTRAINT "b_a_id_fkey" FOREIGN KEY (a_id) REFERENCES a(id) ON DELETE CASCADE
            """)
        .contains(
            """
            Foreign-key constraints:
                "b_a_id_fkey" FOREIGN KEY (a_id) REFERENCES a(id) ON DELETE CASCADE
            """);
  }

  @Test
  void databasesAreChosenByNameAndTheOnlyOneByItself() {
    Answer answer =
        sql(
            "-c",
            "CREATE DATABASE chinook",
            "-c",
            "\\c chinook",
            "-c",
            "CREATE TABLE only_here (id INTEGER)",
            "-c",
            "\\l",
            "-c",
            "\\c nowhere");
    assertThat(answer.out())
        .contains("You are now connected to database \"chinook\".", " chinook\n", " postgres\n");
    assertThat(answer.err()).contains("3D000");
    assertThat(sql("-c", "SELECT count(*) FROM only_here").code()).isZero();
    assertThat(sql("-d", "chinook", "-c", "SELECT count(*) FROM only_here").code()).isZero();
    assertThat(sql("-d", "postgres", "-c", "SELECT count(*) FROM only_here").err())
        .contains("42P01");
    sql("-c", "CREATE DATABASE other");
    assertThat(sql("-c", "\\c").out()).contains("database \"postgres\"");
  }

  @Test
  void aCsvFileIsLoaded() throws IOException {
    Path csv =
        file(
            "a.csv",
            """
            id,name,price
            1,lamp,2.5
            2,"big, ""round"" table",
            3,"",1e3
            4,,0
            """);
    Answer answer =
        sql(
            "-c",
            "CREATE TABLE t (id BIGINT PRIMARY KEY, name TEXT, price DOUBLE PRECISION)",
            "-c",
            "\\copy t FROM '" + csv + "' CSV HEADER",
            "-c",
            "SELECT name, price FROM t ORDER BY id",
            "-c",
            "SELECT count(*) FROM t WHERE name IS NULL");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .contains("COPY 4\n")
        .contains(" big, \"round\" table |      \n")
        .contains("                    |  1000\n")
        .contains("     1\n(1 row)");
  }

  @Test
  void aBadRowLoadsNothingAndIsNamed() throws IOException {
    sql("-c", "CREATE TABLE t (id INTEGER PRIMARY KEY, n INTEGER NOT NULL)");
    copyFails("1,2\n2,x\n", "CONTEXT:  COPY t, line 2, column n: \"x\"", "22P02");
    copyFails("1,2\n2,99999999999\n", "line 2, column n", "22003");
    copyFails("1,2\n\"2x\n\",3\n3,4,5\n", "line 3, column id", "22P02");
    copyFails("1,2\n\"2\n\",3\n3,4,5\n", "line 4", "extra data", "22P04");
    copyFails("1,2\n1,3\n", "line 2", "23505");
    copyFails("1,2\n2,\n", "line 2", "23502");
    copyFails("1,2\n2,\"3\n", "22P04");
  }

  private void copyFails(String content, String... words) throws IOException {
    Path csv = file("a.csv", content);
    Answer answer = sql("-c", "\\copy t (id, n) FROM '" + csv + "' CSV");
    assertThat(answer.code()).isEqualTo(3);
    assertThat(answer.err()).contains(words).contains("file " + csv);
    assertThat(sql("-c", "SELECT count(*) FROM t").out()).contains("     0\n(1 row)");
  }

  @Test
  void theUsersBlockIsTheUsersToEnd() throws IOException {
    Path csv = file("a.csv", "1\n2\n");
    Answer answer =
        sql(
            "-c",
            "CREATE TABLE t (id INTEGER PRIMARY KEY); BEGIN",
            "-c",
            "\\copy t FROM '" + csv + "' CSV",
            "-c",
            "ROLLBACK; SELECT count(*) FROM t");
    assertThat(answer.out()).contains("COPY 2\n", "ROLLBACK\n", "     0\n(1 row)");
  }

  @Test
  void aDirectoryThatIsNotOneIsRefused() throws IOException {
    Files.createDirectories(directory.resolve("db"));
    Files.writeString(directory.resolve("db/letter.txt"), "Dear Ada");
    Answer answer = sql("-c", "SELECT 1");
    assertThat(answer.code()).isEqualTo(1);
    assertThat(answer.err()).contains("F0001", "letter.txt");
  }
}

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

/** Layouts, variables and backslash commands, as scripts use them. */
final class ShellCommandsTest {
  private static final String TWO = "SELECT * FROM (VALUES (1, 'a,b'), (2, NULL)) AS v (id, name)";

  @TempDir private Path directory;

  private record Answer(int code, String out, String err) {}

  private Answer script(String text, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("script.sql"), text);
    return run(file, List.of("sql", "--memory"), options);
  }

  private static Answer run(Path file, List<String> command, String... options) {
    List<String> all = new ArrayList<>(command);
    all.addAll(List.of("-f", file.toString()));
    all.addAll(List.of(options));
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(all.toArray(String[]::new));
    return new Answer(code, out.toString(), err.toString());
  }

  @Test
  void csvQuotesWhatNeedsIt() throws IOException {
    assertThat(script(TWO, "--csv").out()).isEqualTo("id,name\n1,\"a,b\"\n2,\n");
  }

  @Test
  void unalignedTuplesAreBare() throws IOException {
    assertThat(script(TWO, "-A", "-t").out()).isEqualTo("1|a,b\n2|\n");
    assertThat(script(TWO, "-A").out()).isEqualTo("id|name\n1|a,b\n2|\n(2 rows)\n");
  }

  @Test
  void expandedRecordsHaveARuleAsWideAsTheirValues() throws IOException {
    assertThat(
            script("\\pset null '-'\nSELECT NULL AS n, 'a long value of text' AS v;", "-x").out())
        .isEqualTo(
            """
            Null display is "-".
            -[ RECORD 1 ]-----------
            n | -
            v | a long value of text

            """);
  }

  @Test
  void variablesStandForTextLiteralsAndNames() throws IOException {
    Answer answer =
        script(
            """
            \\set who 'O''Brien'
            \\set n 2
            \\echo hello :who
            SELECT :'who' AS :"who", :n + 1, '1'::INTEGER, :unknown_is_left;
            """,
            "-A",
            "-t",
            "-v",
            "unknown_is_left=7");
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out()).isEqualTo("hello O'Brien\nO'Brien|3|1|7\n");
  }

  @Test
  void aScriptGoesOnAfterAnErrorWhenToldSo() throws IOException {
    Answer answer = script("\\set ON_ERROR_STOP off\nSELECT 1 / 0;\nSELECT 5;\n", "-A", "-t");
    assertThat(answer.out()).isEqualTo("5\n");
    assertThat(answer.err()).contains("22012");
    assertThat(answer.code()).isZero();
    assertThat(script("SELECT 1 / 0;\nSELECT 5;\n").code()).isEqualTo(3);
  }

  @Test
  void oneStatementOrAllGoIntoAFile() throws IOException {
    Path one = directory.resolve("one");
    Path all = directory.resolve("all");
    Answer answer =
        script(
            """
            SELECT 1 \\g %s
            \\o %s
            SELECT 2;
            \\o
            SELECT 3 AS x \\gx
            """
                .formatted(one, all),
            "-A",
            "-t");
    assertThat(Files.readString(one)).isEqualTo("1\n");
    assertThat(Files.readString(all)).isEqualTo("2\n");
    assertThat(answer.out()).isEqualTo("x|3\n");
  }

  @Test
  void aScriptBesideAnotherIsFound() throws IOException {
    Files.writeString(directory.resolve("beside.sql"), "SELECT 'found';\n");
    assertThat(script("\\ir beside.sql\n", "-A", "-t").out()).isEqualTo("found\n");
  }

  @Test
  void functionsAreListedByPattern() throws IOException {
    assertThat(script("\\df log*").out()).contains(" log ", " double precision ", " func");
    assertThat(script("\\df nothing_like_it").out()).contains("There are no functions");
    assertThat(script("\\df pg_*.concat_ws").out()).isEqualTo(script("\\df concat_ws").out());
    assertThat(script("\\df public.*").out()).contains("There are no functions named public.*.");
  }

  @Test
  void notificationsAreShown() throws IOException {
    assertThat(
            script("LISTEN news;\nNOTIFY news, 'first';\n").out().replaceAll("PID \\d+", "PID n"))
        .isEqualTo(
            """
            LISTEN
            NOTIFY
            Asynchronous notification "news" with payload "first" received from server process with PID n.
            """);
  }

  @Test
  void whatIsUnknownNamesTheNearest() throws IOException {
    assertThat(script("\\timin").err()).contains("Perhaps you meant \\timing.");
    assertThat(script("\\pset title x").err()).contains("0A000", "title");
    assertThat(script("\\set AUTOCOMMIT off").err()).contains("0A000", "AUTOCOMMIT");
    assertThat(script("\\x perhaps").err()).contains("22023");
  }

  @Test
  void theConnectionIsNamed() throws IOException {
    assertThat(script("\\conninfo").out())
        .isEqualTo("You are connected to database \"postgres\", in memory.\n");
  }

  private static final String THREE_LINES =
      "SELECT 1 AS id, E'ab\\ncd' AS text, 2.5 AS n UNION ALL SELECT 22, 'x', NULL;";

  /** As psql 15 prints them. */
  @Test
  void bordersAreThoseOfPsql() throws IOException {
    assertThat(script("\\pset border 0\n" + THREE_LINES).out())
        .isEqualTo(
            """
            Border style is 0.
            id text  n \s
            -- ---- ---
             1 ab  +2.5\s
               cd      \s
            22 x       \s
            (2 rows)

            """);
    assertThat(script("\\pset border 2\n" + THREE_LINES).out())
        .isEqualTo(
            """
            Border style is 2.
            +----+------+-----+
            | id | text |  n  |
            +----+------+-----+
            |  1 | ab  +| 2.5 |
            |    | cd   |     |
            | 22 | x    |     |
            +----+------+-----+
            (2 rows)

            """);
  }

  @Test
  void bordersOfRecordsAreThoseOfPsql() throws IOException {
    assertThat(script("\\pset border 0\n" + THREE_LINES, "-x").out())
        .isEqualTo(
            """
            Border style is 0.
            * Record 1
            id   1
            text ab +
                 cd
            n    2.5
            * Record 2
            id   22
            text x
            n   \s

            """);
    assertThat(script("\\pset border 2\n" + THREE_LINES, "-x").out())
        .isEqualTo(
            """
            Border style is 2.
            +-[ RECORD 1 ]-+
            | id   | 1   |
            | text | ab +|
            |      | cd  |
            | n    | 2.5 |
            +-[ RECORD 2 ]-+
            | id   | 22  |
            | text | x   |
            | n    |     |
            +------+-----+

            """);
    assertThat(script("\\pset border 3\n").err()).contains("22023", "border is 0, 1 or 2");
  }

  @Test
  void usersAndSyntaxAreShown() throws IOException {
    assertThat(script("\\du\n").out()).contains(" postgres  | Superuser, Create role, Create DB");
    assertThat(script("\\h rollback to\n").out()).contains("TO [ SAVEPOINT ] name");
    assertThat(script("\\e\n").err()).contains("0A000", "\\e needs a terminal");
  }

  @Test
  void scriptInOneTransactionIsKeptWholeOrNotAtAll() throws IOException {
    String data = directory.resolve("data").toString();
    String[] one = {"-1", "--data", data};
    assertThat(durable("CREATE TABLE t (i integer); INSERT INTO t VALUES (1);", one).code())
        .isZero();
    Answer failed = durable("INSERT INTO t VALUES (2); INSERT INTO t VALUES ('x');", one);
    assertThat(failed.code()).isEqualTo(3);
    assertThat(
            durable(
                    "\\set ON_ERROR_STOP off\nINSERT INTO t VALUES (3);\nSELECT 1 / 0;\n"
                        + "INSERT INTO t VALUES (4);",
                    one)
                .code())
        .isEqualTo(3);
    assertThat(durable("TABLE t;", "--data", data, "-A", "-t").out()).isEqualTo("1\n");
  }

  private Answer durable(String text, String... options) throws IOException {
    Path file = Files.writeString(directory.resolve("script.sql"), text);
    return run(file, List.of("sql"), options);
  }

  @Test
  void oneTransactionNeedsAScript() {
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main())
            .setErr(new PrintWriter(err))
            .execute("sql", "--memory", "--single-transaction");
    assertThat(code).isEqualTo(2);
    assertThat(err.toString()).contains("--single-transaction is for -c and -f");
  }

  @Test
  void functionsOfEveryKindAreListed() throws IOException {
    assertThat(script("\\df concat_ws\n\\df unnest\n\\df array_append\n").out())
        .contains("text, VARIADIC any", "SETOF uuid", "anycompatiblearray, anycompatible");
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

/** COPY with its data in the script, as dumps have it; {@code \restrict}. */
final class ScriptCopyTest {
  @TempDir private Path directory;

  private record Answer(int code, String out, String err) {}

  private Answer script(String text) throws IOException {
    Path file = Files.writeString(directory.resolve("script.sql"), text);
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        new CommandLine(new Main())
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute("sql", "--memory", "-A", "-t", "-f", file.toString());
    return new Answer(
        code,
        out.toString().replace(file + ":", "script:"),
        err.toString().replace(file + ":", "script:"));
  }

  @Test
  void dataFollowsTheStatement() throws IOException {
    Answer answer =
        script(
            """
            CREATE TABLE "Copy" (id INT, x TEXT);
            -- a comment
            copy public."Copy" (id, x) from stdin;
            1\tselect 'open;
            2\t\\N
            \\.
            COPY "Copy" FROM STDIN (FORMAT csv); SELECT count(*) FROM "Copy";
            3,"two
            lines"
            \\.
            COPY "Copy" TO STDOUT;
            """);
    assertThat(answer.err()).isEmpty();
    assertThat(answer.out())
        .isEqualTo(
            """
            CREATE TABLE
            COPY 2
            COPY 1
            3
            1\tselect 'open;
            2\t\\N
            3\ttwo\\nlines
            """);
  }

  @Test
  void whatIsLeftOfBadDataIsNoStatement() throws IOException {
    Answer answer =
        script(
            """
            \\set ON_ERROR_STOP off
            CREATE TABLE t (id INT);
            COPY t FROM stdin;
            1
            two
            3
            \\.
            SELECT nothing;
            """);
    assertThat(answer.out()).isEqualTo("CREATE TABLE\n");
    assertThat(answer.err())
        .contains(
            "script:3: ERROR:  invalid input syntax for type integer: \"two\"",
            "COPY t, line 2, column id: \"two\"",
            "script:8: ERROR:  column \"nothing\" does not exist");
  }

  @Test
  void aRestrictedScriptRunsNoOtherBackslashCommand() throws IOException {
    assertThat(script("\\restrict k1\nSELECT 1;\n\\unrestrict k1\n\\echo on\n").out())
        .isEqualTo("1\non\n");
    assertThat(script("\\restrict k1\n\\echo on\n").err())
        .contains("backslash commands are restricted; only \\unrestrict is allowed");
    assertThat(script("\\restrict k1\n\\unrestrict k2\n").err())
        .contains("\\unrestrict: wrong key");
    assertThat(script("\\unrestrict k2\n").err()).contains("not currently in restricted mode");
    assertThat(script("\\restrict\n").err()).contains("missing required argument");
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The editor and the pager that the user's environment names. */
final class ProgramsTest {
  @TempDir private Path directory;

  @Test
  void editorChangesTheStatement() {
    Editor editor = Editor.of(Map.of("EDITOR", "sed -i s/1/2/"));
    assertThat(editor.edit("SELECT 1;")).isEqualTo("SELECT 2;\n");
  }

  @Test
  void editorOfPsqlComesFirst() throws IOException {
    Path file = Files.writeString(directory.resolve("a file.sql"), "x");
    Map<String, String> environment = Map.of("EDITOR", "false", "PSQL_EDITOR", "sed -i s/x/y/");
    assertThat(Editor.of(environment).edit(file)).isEqualTo("y");
  }

  @Test
  void failedEditorIsNamed() {
    Editor editor = Editor.of(Map.of("EDITOR", "exit 7;"));
    assertThatThrownBy(() -> editor.edit("SELECT 1;"))
        .isInstanceOf(DistDbException.class)
        .hasMessage("could not edit the statement: editor \"exit 7;\" ended with exit code 7");
  }

  private String page(String command, Pager.Use use, int printed) {
    StringWriter terminal = new StringWriter();
    try (PrintWriter out =
        new Pager(command, () -> 10, () -> 5).open(new PrintWriter(terminal), use)) {
      for (int i = 0; i < printed; i++) {
        out.println("line " + i);
      }
    } catch (Pager.Left enough) {
      terminal.write("left");
    }
    return terminal.toString();
  }

  @Test
  void longResultsAloneGoToThePager() throws IOException {
    Path seen = directory.resolve("seen");
    String command = "cat > '" + seen + "'";
    assertThat(page(command, Pager.Use.ON, 4)).isEqualTo("line 0\nline 1\nline 2\nline 3\n");
    assertThat(seen).doesNotExist();
    assertThat(page(command, Pager.Use.ON, 5)).isEmpty();
    assertThat(Files.readAllLines(seen)).hasSize(5).last().isEqualTo("line 4");
    assertThat(page(command, Pager.Use.ALWAYS, 1)).isEmpty();
    assertThat(Files.readAllLines(seen)).containsExactly("line 0");
  }

  @Test
  void linesOverTheTerminalsWidthCountTwice() throws IOException {
    Path seen = directory.resolve("seen");
    StringWriter terminal = new StringWriter();
    Pager pager = new Pager("cat > '" + seen + "'", () -> 10, () -> 5);
    try (PrintWriter out = pager.open(new PrintWriter(terminal), Pager.Use.ON)) {
      out.println("a line of nineteen.\nanother of nineteen\n");
    }
    assertThat(terminal.toString()).isEmpty();
    assertThat(Files.readAllLines(seen)).hasSize(3);
  }

  @Test
  void pagerThatIsLeftEndsTheResult() {
    assertThat(page("true", Pager.Use.ALWAYS, 1_000_000)).isEqualTo("left");
  }

  @Test
  void noPagerIsNamedOrAnEmptyOne() {
    assertThat(Pager.command(Map.of())).isEmpty();
    assertThat(Pager.command(Map.of("PSQL_PAGER", "", "PAGER", "less"))).isEmpty();
    assertThat(Pager.command(Map.of("PAGER", "less"))).contains("less");
  }
}

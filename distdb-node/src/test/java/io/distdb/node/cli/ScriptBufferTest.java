// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.cli.ScriptBuffer.Item;
import io.distdb.node.cli.ScriptBuffer.Meta;
import io.distdb.node.cli.ScriptBuffer.Statement;
import java.util.ArrayList;
import java.util.List;
import net.jqwik.api.Example;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.Size;

final class ScriptBufferTest {
  private static List<Item> split(String script) {
    List<Item> items = new ArrayList<>();
    ScriptBuffer buffer = new ScriptBuffer(items::add);
    script.lines().forEach(buffer::line);
    buffer.end();
    return items;
  }

  @Example
  void statementsEndAtSemicolons() {
    assertThat(split("SELECT 1; SELECT\n 2;\nSELECT 3"))
        .containsExactly(
            new Statement("SELECT 1", 1),
            new Statement("SELECT\n 2", 1),
            new Statement("SELECT 3", 3));
  }

  @Example
  void semicolonsWithinQuotesEndNothing() {
    assertThat(split("SELECT 'a;''b', \"c;\"\"d\";"))
        .containsExactly(new Statement("SELECT 'a;''b', \"c;\"\"d\"", 1));
    assertThat(split("SELECT 'first\nsecond;';"))
        .containsExactly(new Statement("SELECT 'first\nsecond;'", 1));
  }

  @Example
  void escapesHideQuotesInEscapeStringsAlone() {
    assertThat(split("SELECT E'a\\';b'; SELECT 2")).hasSize(2);
    assertThat(split("SELECT 'a\\'; SELECT 2")).hasSize(2);
    assertThat(split("SELECT E'a''b\\';c'; SELECT 2")).hasSize(2);
  }

  @Example
  void commentsHideSemicolons() {
    assertThat(split("-- a; b\nSELECT /* c; /* d; */ e; */ 1 -- f;\n;"))
        .containsExactly(new Statement("SELECT /* c; /* d; */ e; */ 1 -- f;", 2));
  }

  @Example
  void dollarQuotesHideSemicolons() {
    assertThat(split("SELECT $$a;b$$, $x$c;$$;$x$, $1; SELECT a$b;")).hasSize(2);
  }

  @Example
  void backslashCommandsStandOutsideOfQuotesAndComments() {
    assertThat(split("\\timing\nSELECT 1\n\\x\n + 2;\n  \\dt\n-- \\a\nSELECT '\\b'"))
        .containsExactly(
            new Meta("\\timing", 1),
            new Meta("\\x", 3),
            new Statement("SELECT 1\n\n + 2", 2),
            new Meta("\\dt", 5),
            new Statement("SELECT '\\b'", 7));
  }

  @Example
  void backslashGSendsTheStatementBeforeIt() {
    assertThat(split("SELECT 1 \\gx\nSELECT 2 \\r\nSELECT 3 \\g f"))
        .containsExactly(
            new ScriptBuffer.Sent("SELECT 1", 1, "\\gx"),
            new ScriptBuffer.Sent("SELECT 3", 3, "\\g f"));
  }

  @Example
  void emptyStatementsAreLeftOut() {
    assertThat(split(";;\n -- nothing\n;")).isEmpty();
  }

  @Example
  void thePromptTellsWhatIsOpen() {
    ScriptBuffer buffer = new ScriptBuffer(item -> {});
    assertThat(buffer.prompt()).isEqualTo('=');
    buffer.line("SELECT");
    assertThat(buffer.prompt()).isEqualTo('-');
    buffer.line("'a");
    assertThat(buffer.prompt()).isEqualTo('\'');
    buffer.reset();
    assertThat(buffer.prompt()).isEqualTo('=');
  }

  /** Whatever the text, no character outside whitespace and borders gets lost or doubled. */
  @Property
  void nothingIsLostWithoutQuotesAndComments(
      @ForAll @Size(max = 60) List<@CharRange(from = 'a', to = 'f') Character> letters) {
    StringBuilder script = new StringBuilder();
    for (char letter : letters) {
      script.append(letter == 'e' ? ';' : letter == 'f' ? '\n' : letter);
    }
    String joined =
        String.join(
            "", split(script.toString()).stream().map(i -> ((Statement) i).text()).toList());
    assertThat(joined.replace("\n", ""))
        .isEqualTo(script.toString().replace(";", "").replace("\n", ""));
  }
}

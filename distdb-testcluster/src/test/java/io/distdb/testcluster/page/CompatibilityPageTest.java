// SPDX-License-Identifier: MIT
package io.distdb.testcluster.page;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.sql.function.FunctionRegistry;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What docs/sql-compatibility.md says is so: each row of its tables and each thing that it says is
 * not there has examples in {@code examples.txt}, which run; its functions are those there are.
 */
class CompatibilityPageTest {
  private static final Path PAGE = Path.of("../docs/sql-compatibility.md");
  private static final Path EXAMPLES = Path.of("src/test/resources/page/examples.txt");

  /** Words of the function lists that are no names of functions. */
  private static final Pattern NAME = Pattern.compile("[a-z][a-z0-9_]*\\*?");

  /** Callable by grammar, or with a name that the list gives otherwise. */
  private static final Set<String> NOT_LISTED =
      Set.of(
          "coalesce",
          "nullif",
          "pg_typeof",
          "greatest",
          "least",
          "like_escape",
          "similar_to_escape",
          "timezone",
          "extract",
          "overlaps",
          "user");

  record Section(String name, List<String> lines) {
    @Override
    public String toString() {
      return name;
    }
  }

  static List<Section> sections() throws IOException {
    List<Section> sections = new ArrayList<>();
    for (String line : Files.readAllLines(EXAMPLES)) {
      if (line.startsWith("= ")) {
        sections.add(new Section(line.substring(2), new ArrayList<>()));
      } else if (!line.isEmpty() && !line.startsWith("#")) {
        sections.getLast().lines().add(line);
      }
    }
    return sections;
  }

  @ParameterizedTest
  @MethodSource("sections")
  void exampleDoesWhatThePageSays(Section section) {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      String answer = "";
      for (String line : section.lines()) {
        if (line.startsWith("=> ")) {
          assertThat(answer).isEqualTo(line.substring(3));
        } else if (line.startsWith("! ")) {
          String sql = line.substring(8);
          assertThat(run(session, sql)).as(sql).isEqualTo("ERROR " + line.substring(2, 7));
        } else {
          answer = run(session, line);
          assertThat(answer).as(line).doesNotStartWith("ERROR ");
        }
      }
    }
  }

  /** Its rows, the columns with a space between; or the error's SQLSTATE. */
  private static String run(Session session, String sql) {
    try {
      return switch (session.execute(sql)) {
        case StatementResult.Command command -> command.completion();
        case StatementResult.Rows found -> {
          List<String> lines = new ArrayList<>();
          try (ResultRows rows = found.rows()) {
            while (rows.next()) {
              List<String> cells = new ArrayList<>();
              for (int i = 0; i < rows.columns().size(); i++) {
                cells.add(rows.text(i) == null ? "NULL" : rows.text(i));
              }
              lines.add(String.join(" ", cells));
            }
          }
          yield String.join("; ", lines);
        }
      };
    } catch (DistDbException failure) {
      return "ERROR " + failure.sqlState();
    }
  }

  @Test
  void everyRowHasExamples() throws IOException {
    String page = Files.readString(PAGE);
    List<String> rows = new ArrayList<>(rows(part(page, "## Statements", "Not yet")));
    String notYet = part(page, "Not yet, among others:", "\n\n").replaceAll("\\s+", " ");
    for (String thing : notYet.replaceAll("\\.$", "").split("(, and |, | and )(?!of |checks)")) {
      rows.add("not yet: " + thing.strip());
    }
    rows.addAll(rows(part(page, "## Differences", "## Limits")));
    rows.addAll(List.of("types", "expressions"));
    assertThat(sections().stream().map(Section::name).toList())
        .containsExactlyInAnyOrderElementsOf(rows);
  }

  /** First cells of the rows of a table, without its heading. */
  private static List<String> rows(String table) {
    return table
        .lines()
        .filter(line -> line.startsWith("| ") && !line.startsWith("|---"))
        .map(line -> line.substring(2, line.indexOf(" | ", 2)))
        .skip(1)
        .toList();
  }

  private static String part(String page, String from, String to) {
    int start = page.indexOf(from) + from.length();
    return page.substring(start, page.indexOf(to, start)).strip();
  }

  @Test
  void everyFunctionIsListed() throws IOException {
    String page = Files.readString(PAGE);
    String lists =
        part(page, "Arrays: ", "## Expressions")
            + part(page, "Functions and operators, by", "Aggregates, with")
            + part(page, "Aggregates, with", "Literals:")
            + " "
            + String.join(" ", trigonometry());
    Set<String> listed = new TreeSet<>();
    NAME.matcher(lists).results().forEach(found -> listed.add(found.group()));
    assertThat(FunctionRegistry.names())
        .filteredOn(name -> NAME.matcher(name).matches())
        .filteredOn(name -> !NOT_LISTED.contains(name) && !isListed(name, listed))
        .as("functions that docs/sql-compatibility.md does not name")
        .isEmpty();
  }

  private static boolean isListed(String name, Set<String> listed) {
    return listed.contains(name)
        || listed.stream()
            .anyMatch(word ->
                word.endsWith("*") && name.startsWith(word.substring(0, word.length() - 1)));
  }

  /** The page says: the trigonometric functions in radians and degrees, the hyperbolic ones. */
  private static List<String> trigonometry() {
    return Stream.of("sin", "cos", "tan", "cot", "asin", "acos", "atan", "atan2")
        .flatMap(name -> Stream.of(name, name + "d", name + "h"))
        .toList();
  }

  /** Each name that the bullets list, up to the operators and prose among them. */
  @Test
  void everyListedFunctionIsThere() throws IOException {
    String page = Files.readString(PAGE);
    Set<String> known = new TreeSet<>(FunctionRegistry.names());
    known.addAll(NOT_LISTED);
    List<String> missing = new ArrayList<>();
    for (String bullet :
        part(page, "Functions and operators, by", "Aggregates, with").split("\n- ")) {
      String names = bullet.substring(bullet.indexOf(':') + 1).replaceAll("`[^`]*`", "");
      for (String word : names.split("[,;]\\s*")) {
        String name = word.replaceAll("\\(.*", "").strip();
        if (name.matches("[a-z][a-z0-9_]*") && !known.contains(name)) {
          missing.add(name);
        }
      }
    }
    assertThat(missing).as("functions that the page names").isEmpty();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowable;

import io.distdb.client.Client;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.List;
import org.junit.jupiter.api.Test;

/** {@code \h}. */
final class StatementHelpTest {
  private static String help(String words) {
    StringWriter out = new StringWriter();
    StatementHelp.print(words, new PrintWriter(out));
    return out.toString();
  }

  @Test
  void everyStatementWithAPageIsInTheGrammar() {
    try (Client client = Client.open()) {
      for (StatementHelp.Page page : StatementHelp.pages()) {
        String words =
            page.name()
                .replace("TABLE AS", "TABLE t AS")
                .replace("CREATE SCHEMA", "CREATE SCHEMA IF NOT");
        Throwable failure = catchThrowable(() -> client.execute(words));
        assertThat(failure == null ? "" : failure.getMessage())
            .as(words)
            .doesNotContain("at or near");
        assertThat(page.syntax()).as(page.name()).isNotEmpty();
      }
    }
  }

  @Test
  void pagesAreSorted() {
    List<String> names = StatementHelp.pages().stream().map(StatementHelp.Page::name).toList();
    assertThat(names).isSorted().contains("SELECT", "ALTER TABLE").doesNotHaveDuplicates();
  }

  @Test
  void beginningOfANameShowsAllThatBeginSo() {
    assertThat(help("drop v"))
        .isEqualTo(
            """
            Command:     DROP VIEW
            Description: remove views
            Syntax:
            DROP VIEW [ IF EXISTS ] name [, ...] [ CASCADE | RESTRICT ]

            """);
    assertThat(help("create")).contains("CREATE INDEX", "CREATE TABLE AS", "CREATE VIEW");
    assertThat(help("create table")).doesNotContain("CREATE TABLE AS");
    assertThat(help("nothing"))
        .isEqualTo(
            """
            No help available for "nothing".
            Try \\h with no arguments to see available help.
            """);
    assertThat(help("")).startsWith("Available help:\n").contains("  SAVEPOINT");
  }
}

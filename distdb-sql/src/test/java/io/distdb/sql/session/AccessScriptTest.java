// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Roles and privileges as PostgreSQL 15 answers: each script is statements with what psql printed,
 * rows sorted.
 */
class AccessScriptTest {
  private Session session;

  @ParameterizedTest
  @ValueSource(strings = {"roles", "privileges", "defaults"})
  void answersAsPostgres(String script) throws IOException {
    Databases databases =
        Databases.open(
            new FakeTransactionManager(),
            Scheduler.threads(),
            Clock.system(),
            DatabaseOptions.DEFAULT);
    databases.main().newSession().execute("CREATE DATABASE gen");
    session = databases.session("gen", databases.role("postgres").orElseThrow());
    List<String> differences = new ArrayList<>();
    for (String part : read(script + ".txt").split("\n\n")) {
      List<String> lines = part.lines().map(String::strip).toList();
      String sql = lines.getFirst();
      String expected = sorted(lines.subList(1, lines.size()));
      String actual = sorted(answer(sql));
      if (!actual.equals(expected)) {
        differences.add(sql + "\n  expected: " + expected + "\n  but was:  " + actual);
      }
    }
    assertThat(differences).isEmpty();
  }

  private static String sorted(List<String> lines) {
    return String.join("\n", lines.stream().sorted().toList());
  }

  private static String read(String name) throws IOException {
    try (InputStream in = AccessScriptTest.class.getResourceAsStream(name)) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    }
  }

  private List<String> answer(String sql) {
    try {
      return switch (session.execute(sql)) {
        case StatementResult.Command command -> {
          List<String> lines = new ArrayList<>();
          command
              .notices()
              .forEach(notice ->
                  lines.add(notice.severity() + " " + notice.sqlState() + " " + notice.message()));
          lines.add(command.completion());
          yield lines;
        }
        case StatementResult.Rows rows -> rows(rows);
      };
    } catch (DistDbException error) {
      return List.of("ERROR " + error.code().sqlState() + " " + error.getMessage());
    }
  }

  private static List<String> rows(StatementResult.Rows rows) {
    List<String> lines = new ArrayList<>();
    try (ResultRows found = rows.rows()) {
      while (found.next()) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < found.columns().size(); i++) {
          cells.add(found.isNull(i) ? "" : found.text(i));
        }
        lines.add(String.join("|", cells));
      }
    }
    rows.change().ifPresent(change -> lines.add(change.completion()));
    return lines;
  }
}

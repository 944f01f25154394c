// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import io.distdb.sql.function.TypeOutput;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.time.ZoneOffset;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Functions and operators as PostgreSQL 15 answered (functions.txt), from text to result. */
class FunctionAnswersTest {
  private static final Session SESSION =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  static List<String> answers() throws IOException {
    try (var stream = FunctionAnswersTest.class.getResourceAsStream("functions.txt")) {
      return new String(stream.readAllBytes(), StandardCharsets.UTF_8)
          .lines()
          .filter(line -> !line.startsWith("#"))
          .toList();
    }
  }

  @ParameterizedTest
  @MethodSource("answers")
  void answersAsPostgreSql(String line) {
    int end = line.lastIndexOf("=>");
    String answer = answer("SELECT (" + line.substring(0, end) + ")::text");
    assertThat(answer.replace("\n", "\\n")).isEqualTo(line.substring(end + 2));
  }

  private static String answer(String sql) {
    try (ResultRows rows = ((StatementResult.Rows) SESSION.execute(sql)).rows()) {
      assertThat(rows.next()).isTrue();
      return rows.isNull(0) ? "NULL" : TypeOutput.text(rows.get(0), ZoneOffset.UTC);
    } catch (DistDbException e) {
      return "ERROR " + e.sqlState() + " " + e.getMessage();
    }
  }
}

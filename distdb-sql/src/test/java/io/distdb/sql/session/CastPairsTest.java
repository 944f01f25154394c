// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Every type converted to every other: what is analyzed can be run, what is not is refused. */
class CastPairsTest {
  private static final Session SESSION =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  /** Those that a statement can name. */
  private static List<String> types() {
    return Stream.of(SqlType.Scalar.values())
        .map(SqlType::sqlName)
        .flatMap(name -> Stream.of(name, name + "[]"))
        .filter(CastPairsTest::hasName)
        .toList();
  }

  private static boolean hasName(String type) {
    try (Prepared nothing = SESSION.prepare("SELECT NULL::" + type)) {
      return !nothing.columns().isEmpty();
    } catch (DistDbException unknown) {
      return false;
    }
  }

  @Test
  void aCastIsRunOrRefused() {
    int run = 0;
    List<String> wrong = new ArrayList<>();
    for (String from : types()) {
      for (String to : types()) {
        String sql = "SELECT CAST($1::" + from + " AS " + to + ")";
        try (Prepared cast = SESSION.prepare(sql);
            ResultRows rows = ((StatementResult.Rows) cast.execute(Value.NULL)).rows()) {
          run += rows.next() && rows.isNull(0) ? 1 : 0;
        } catch (DistDbException refusal) {
          if (refusal.code() != ErrorCode.CANNOT_COERCE) {
            wrong.add(sql + ": " + refusal);
          }
        } catch (AssertionError | RuntimeException fault) {
          wrong.add(sql + ": " + fault);
        }
      }
    }
    assertThat(wrong).isEmpty();
    assertThat(run).as("casts there are").isGreaterThan(500);
  }

  @ParameterizedTest
  @CsvSource({
    "1, 1",
    "1.50::numeric, 1.50",
    "true, true",
    "ARRAY[7]::name[], {7}",
    "CURRENT_DATE - CURRENT_DATE, 0"
  })
  void anyValueIsANameByItsText(String value, String name) {
    try (ResultRows rows =
        ((StatementResult.Rows) SESSION.execute("SELECT (" + value + ")::name")).rows()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.get(0).toString()).contains(name);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.sql.fake.FakeTransactionManager;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/** What a server asks of a session's settings. */
class SessionSettingsTest {
  private final ServerSession session =
      Database.open(
              new FakeTransactionManager(),
              Scheduler.threads(),
              Clock.system(),
              DatabaseOptions.DEFAULT)
          .newSession();

  private void run(String sql) {
    if (session.execute(sql) instanceof StatementResult.Rows rows) {
      rows.rows().close();
    }
  }

  @Test
  void everyReportedSettingIsToldFirst() {
    assertThat(session.takeReported())
        .extracting(ReportedSetting::name)
        .containsExactlyInAnyOrder(
            "application_name",
            "client_encoding",
            "DateStyle",
            "default_transaction_read_only",
            "in_hot_standby",
            "integer_datetimes",
            "IntervalStyle",
            "is_superuser",
            "server_encoding",
            "server_version",
            "session_authorization",
            "standard_conforming_strings",
            "TimeZone");
    assertThat(session.takeReported()).isEmpty();
  }

  @Test
  void changesAreToldOnceAndWhenTheyAreUndone() {
    session.takeReported();
    run("SET application_name = 'x'");
    assertThat(session.takeReported())
        .containsExactly(new ReportedSetting("application_name", "x"));
    run("SET lock_timeout = '1s'");
    assertThat(session.takeReported()).isEmpty();
    run("BEGIN");
    run("SET timezone = 'Europe/Berlin'");
    run("SET LOCAL datestyle = 'German'");
    assertThat(session.takeReported())
        .containsExactly(
            new ReportedSetting("DateStyle", "German, DMY"),
            new ReportedSetting("TimeZone", "Europe/Berlin"));
    run("COMMIT");
    assertThat(session.takeReported())
        .containsExactly(new ReportedSetting("DateStyle", "ISO, MDY"));
    run("BEGIN");
    run("SET timezone = 'Asia/Tokyo'");
    run("ROLLBACK");
    assertThat(session.takeReported()).isEmpty();
  }

  @Test
  void resetGoesBackToWhatTheClientBeganWith() {
    session.start(
        Map.of("application_name", "psql", "TimeZone", "europe/berlin", "app.tenant", "u"));
    assertThat(session.setting("timezone")).isEqualTo("Europe/Berlin");
    run("SET application_name = 'other'");
    run("SET app.tenant = 'v'");
    run("RESET application_name");
    assertThat(session.setting("application_name")).isEqualTo("psql");
    run("RESET ALL");
    assertThat(session.setting("app.tenant")).isEqualTo("u");
    run("SET TIME ZONE DEFAULT");
    assertThat(session.setting("TimeZone")).isEqualTo("Europe/Berlin");
    session.reset();
    assertThat(session.setting("application_name")).isEqualTo("psql");
  }

  @Test
  void aWrongInitialValueChangesNothing() {
    Map<String, String> initial = new LinkedHashMap<>();
    initial.put("application_name", "a");
    initial.put("timezone", "nowhere");
    assertThatThrownBy(() -> session.start(initial))
        .isInstanceOf(DistDbException.class)
        .hasMessage("invalid value for parameter \"TimeZone\": \"nowhere\"");
    assertThat(session.setting("application_name")).isEmpty();
    assertThatThrownBy(() -> session.start(Map.of("max_connections", "3")))
        .hasMessage(
            "parameter \"max_connections\" cannot be changed without restarting the server");
  }

  @Test
  void optionsOfTheStartupPacketAreSettings() {
    assertThat(StartupOptions.parse(" -c a.b=c\\ d  --lock-timeout=5s -cwork_mem=1MB "))
        .containsExactly(
            Map.entry("a.b", "c d"), Map.entry("lock_timeout", "5s"), Map.entry("work_mem", "1MB"));
    for (String wrong : List.of("x", "-c", "-c x", "--=1")) {
      assertThatThrownBy(() -> StartupOptions.parse(wrong))
          .hasMessageStartingWith("invalid command-line argument for server process: ");
    }
    assertThatThrownBy(() -> StartupOptions.parse("-fs"))
        .hasMessage("command-line switch \"-fs\" of a connection is not supported");
  }

  @Test
  void whatLimitsIdlenessDependsOnWhereTheSessionStands() throws Exception {
    CompletableFuture<DistDbException> ended = new CompletableFuture<>();
    session.onTermination(ended::complete);
    run("SET idle_in_transaction_session_timeout = '10ms'");
    run("SET idle_session_timeout = '1h'");
    session.beginIdle();
    session.endIdle();
    run("BEGIN");
    session.beginIdle();
    assertThat(ended.get(30, TimeUnit.SECONDS).code())
        .isEqualTo(ErrorCode.IDLE_IN_TRANSACTION_TIMEOUT);
    assertThatThrownBy(session::endIdle)
        .hasMessage("terminating connection due to idle-in-transaction timeout");
  }
}

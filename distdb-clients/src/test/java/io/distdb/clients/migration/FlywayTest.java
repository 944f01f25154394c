// SPDX-License-Identifier: MIT
package io.distdb.clients.migration;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.clients.ClientNode;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class FlywayTest {
  private ClientNode node;

  @BeforeEach
  void start() {
    node = new ClientNode();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  private FluentConfiguration configuration() {
    return Flyway.configure()
        .dataSource(node.url(), "tester", "")
        .locations("classpath:flyway")
        .validateMigrationNaming(true);
  }

  @Test
  void eachVersionIsMadeOnce() throws SQLException {
    assertThat(configuration().target("1").load().migrate().migrationsExecuted).isOne();
    Flyway flyway = configuration().load();
    assertThat(flyway.validateWithResult().validationSuccessful).isFalse();
    assertThat(flyway.migrate().migrationsExecuted).isOne();
    assertThat(flyway.migrate().migrationsExecuted).isZero();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
    assertThat(flyway.info().current().getVersion().getVersion()).isEqualTo("2");
    try (Connection connection = node.connect("");
        Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery("SELECT owner FROM rich")) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getString(1)).isEqualTo("one; two");
    }
  }

  @Test
  void cleaningLeavesNothing() throws SQLException {
    Flyway flyway = configuration().cleanDisabled(false).load();
    flyway.migrate();
    flyway.clean();
    try (Connection connection = node.connect("");
        ResultSet tables =
            connection
                .getMetaData()
                .getTables(null, "public", "%", new String[] {"TABLE", "VIEW"})) {
      assertThat(tables.next()).isFalse();
    }
    assertThat(flyway.migrate().migrationsExecuted).isEqualTo(2);
  }

  private FluentConfiguration scripts(Path directory) {
    return Flyway.configure()
        .dataSource(node.url(), "tester", "")
        .locations("filesystem:" + directory);
  }

  private boolean exists(String table) throws SQLException {
    try (Connection connection = node.connect("");
        ResultSet tables = connection.getMetaData().getTables(null, "public", table, null)) {
      return tables.next();
    }
  }

  @Test
  void aVersionThatFailsLeavesNothing(@TempDir Path directory) throws Exception {
    Files.writeString(directory.resolve("V1__one.sql"), "CREATE TABLE one (a integer);");
    Files.writeString(
        directory.resolve("V2__two.sql"),
        "CREATE TABLE two (a integer); INSERT INTO two VALUES (1); SELECT 1 / 0;");
    assertThatThrownBy(() -> scripts(directory).load().migrate())
        .hasMessageContaining("division by zero");
    assertThat(exists("one")).isTrue();
    assertThat(exists("two")).isFalse();
    Files.writeString(directory.resolve("V2__two.sql"), "CREATE TABLE two (a integer);");
    assertThat(scripts(directory).load().migrate().migrationsExecuted).isOne();
    assertThat(exists("two")).isTrue();
  }

  @Test
  void aChangedVersionIsFoundAndRepaired(@TempDir Path directory) throws Exception {
    Path script = directory.resolve("V1__one.sql");
    Files.writeString(script, "CREATE TABLE one (a integer);");
    scripts(directory).load().migrate();
    Files.writeString(script, "CREATE TABLE one (a bigint);");
    Flyway flyway = scripts(directory).load();
    assertThat(flyway.validateWithResult().validationSuccessful).isFalse();
    flyway.repair();
    assertThat(flyway.validateWithResult().validationSuccessful).isTrue();
  }

  @Test
  void whatIsThereAlreadyIsTheBaseline(@TempDir Path directory) throws Exception {
    try (Connection connection = node.connect("");
        Statement statement = connection.createStatement()) {
      statement.execute("CREATE TABLE one (a integer)");
    }
    Files.writeString(directory.resolve("V1__one.sql"), "CREATE TABLE one (a integer);");
    Files.writeString(directory.resolve("V2__two.sql"), "CREATE VIEW two AS SELECT a FROM one;");
    Flyway flyway = scripts(directory).baselineVersion("1").load();
    flyway.baseline();
    assertThat(flyway.migrate().migrationsExecuted).isOne();
    assertThat(exists("two")).isTrue();
  }
}

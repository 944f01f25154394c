// SPDX-License-Identifier: MIT
package io.distdb.clients.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.clients.ClientNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import org.flywaydb.core.Flyway;
import org.flywaydb.core.api.configuration.FluentConfiguration;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

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
}

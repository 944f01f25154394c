// SPDX-License-Identifier: MIT
package io.distdb.clients.migration;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.clients.ClientNode;
import java.sql.Connection;
import java.sql.ResultSet;
import java.sql.Statement;
import liquibase.Contexts;
import liquibase.LabelExpression;
import liquibase.Liquibase;
import liquibase.database.DatabaseFactory;
import liquibase.database.jvm.JdbcConnection;
import liquibase.resource.ClassLoaderResourceAccessor;
import org.junit.jupiter.api.Test;

final class LiquibaseTest {
  /** The second run has nothing to do, and leaves the lock to others. */
  @Test
  void eachChangeSetIsRunOnce() throws Exception {
    try (ClientNode node = new ClientNode()) {
      assertThat(update(node)).isEqualTo(2);
      assertThat(update(node)).isZero();
      try (Connection connection = node.connect("");
          Statement statement = connection.createStatement()) {
        try (ResultSet rows =
            statement.executeQuery(
                "SELECT name, price, note FROM customer c JOIN purchase p ON c.id = customer_id")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getString(1)).isEqualTo("it's one");
          assertThat(rows.getBigDecimal(2)).isEqualByComparingTo("9.5");
          assertThat(rows.getString(3)).isEqualTo("none");
        }
        try (ResultSet rows = statement.executeQuery("SELECT locked FROM databasechangeloglock")) {
          assertThat(rows.next()).isTrue();
          assertThat(rows.getBoolean(1)).isFalse();
        }
      }
    }
  }

  /** How many change sets had not been run. */
  @SuppressWarnings("deprecation") // its successor is a command that writes to standard output
  private static int update(ClientNode node) throws Exception {
    try (Liquibase liquibase =
        new Liquibase(
            "liquibase/changes.yaml",
            new ClassLoaderResourceAccessor(),
            DatabaseFactory.getInstance()
                .findCorrectDatabaseImplementation(new JdbcConnection(node.connect(""))))) {
      int open = liquibase.listUnrunChangeSets(new Contexts(), new LabelExpression()).size();
      liquibase.update(new Contexts());
      return open;
    }
  }
}

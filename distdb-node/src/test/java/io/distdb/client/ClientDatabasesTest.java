// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClientDatabasesTest {
  @TempDir private Path directory;

  private static List<Integer> ids(Client client) {
    return client.query("SELECT id FROM item ORDER BY id").toList(row -> row.getInt(0));
  }

  @Test
  void databasesOfADirectoryAreThereAfterClosingAndACheckpoint() {
    try (Client client = Client.open(directory)) {
      client.execute("CREATE DATABASE shop");
      client.execute("CREATE TABLE item (id INTEGER PRIMARY KEY)");
      client.execute("INSERT INTO item VALUES (1)");
      try (Client shop = client.database("shop")) {
        shop.execute("CREATE TABLE item (id INTEGER PRIMARY KEY, name TEXT)");
        shop.execute("CREATE INDEX item_name ON item (name)");
        shop.execute("INSERT INTO item VALUES (2, 'two')");
        client.checkpoint();
        shop.transaction(tx -> tx.execute("INSERT INTO item VALUES (3, 'three')"));
      }
    }
    try (Client client = Client.open(directory);
        Client shop = client.database("shop")) {
      assertThat(client.databases()).containsExactly("postgres", "shop");
      assertThat(client.databaseName()).isEqualTo("postgres");
      assertThat(shop.databaseName()).isEqualTo("shop");
      assertThat(ids(client)).containsExactly(1);
      assertThat(ids(shop)).containsExactly(2, 3);
      assertThat(shop.query("SELECT id FROM item WHERE name = 'three'").toList(r -> r.getInt(0)))
          .containsExactly(3);
    }
  }

  @Test
  void aDatabaseIsDroppedOnceItsClientIsClosed() {
    try (Client client = Client.open()) {
      client.execute("CREATE DATABASE shop");
      Client shop = client.database("shop");
      shop.execute("CREATE TABLE item (id INTEGER PRIMARY KEY)");
      assertThatThrownBy(() -> client.execute("DROP DATABASE shop"))
          .isInstanceOf(DistDbException.class)
          .extracting(failure -> ((DistDbException) failure).code())
          .isEqualTo(ErrorCode.DATABASE_IN_USE);
      shop.close();
      client.execute("DROP DATABASE shop");
      assertThat(client.databases()).containsExactly("postgres");
      assertThatThrownBy(() -> client.database("shop"))
          .hasMessageContaining("database \"shop\" does not exist");
    }
  }

  @Test
  void closingTheClientThatWasOpenedEndsTheOthers() {
    Client client = Client.open();
    client.execute("CREATE DATABASE shop");
    Client shop = client.database("shop");
    client.close();
    assertThatThrownBy(() -> shop.execute("CREATE TABLE item (id INTEGER)"))
        .isInstanceOf(DistDbException.class)
        .extracting(failure -> ((DistDbException) failure).code())
        .isEqualTo(ErrorCode.SHUTTING_DOWN);
  }
}

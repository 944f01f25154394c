// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.node.config.Config;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

final class ClientDirectoryTest {
  @TempDir private Path directory;

  private static long count(Client client) {
    return client.query("SELECT id FROM item").toList(row -> row.getLong(0)).size();
  }

  @ParameterizedTest
  @EnumSource(Durability.class)
  void whatWasWrittenIsThereAfterClosing(Durability durability) {
    Config config = Config.at(directory).withDurability(durability);
    try (Client client = Client.open(config)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, name TEXT)");
      client.execute("CREATE INDEX item_name ON item (name)");
      for (int i = 0; i < 100; i++) {
        client.execute("INSERT INTO item VALUES ($1, $2)", i, "name " + i);
      }
    }
    for (int opening = 0; opening < 3; opening++) {
      try (Client client = Client.open(config)) {
        assertThat(count(client)).isEqualTo(100 + opening);
        assertThat(client.recovery().journal().closedCleanly()).isTrue();
        assertThat(client.query("SELECT id FROM item WHERE name = 'name 7'").toList(r -> r.get(0)))
            .containsExactly(7L);
        client.execute("INSERT INTO item VALUES ($1, 'later')", 100 + opening);
      }
    }
  }

  @Test
  void aCheckpointIsWhatTheNextOpeningStartsFrom() {
    try (Client client = Client.open(directory)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY)");
      client.transaction(tx -> {
        for (int i = 0; i < 1_000; i++) {
          tx.execute("INSERT INTO item VALUES ($1)", i);
        }
      });
      client.checkpoint();
      client.execute("INSERT INTO item VALUES (1000)");
    }
    try (Client client = Client.open(directory)) {
      assertThat(count(client)).isEqualTo(1_001);
      assertThat(client.recovery().snapshotRows()).isGreaterThanOrEqualTo(1_000);
    }
  }

  @Test
  void aDirectoryBelongsToOneClient() {
    try (Client first = Client.open(directory)) {
      assertThatThrownBy(() -> Client.open(directory))
          .isInstanceOfSatisfying(
              DistDbException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.DATABASE_IN_USE))
          .hasMessageContaining("a program with DistDB embedded")
          .hasMessageContaining(Long.toString(ProcessHandle.current().pid()));
      first.execute("CREATE TABLE item (id BIGINT PRIMARY KEY)");
    }
    try (Client second = Client.open(directory)) {
      assertThat(count(second)).isZero();
    }
  }
}

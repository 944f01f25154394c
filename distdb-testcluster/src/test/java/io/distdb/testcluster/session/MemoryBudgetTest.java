// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import org.junit.jupiter.api.Test;

/** Past its memory budget a database refuses growth, and nothing else. */
class MemoryBudgetTest {
  private static final long BUDGET = 8 << 20;
  private static final String TEXT = "x".repeat(1_000);

  @Test
  void readsAndDeletesGoOnAndMakeRoom() {
    try (Client client = Client.open(Config.inMemory().withMemoryBudgetBytes(BUDGET))) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY, v TEXT)");
      long rows = fill(client, 0);
      assertThat(rows).isGreaterThan(1_000);
      assertThat(count(client)).isEqualTo(rows);
      assertThatThrownBy(() -> client.execute("INSERT INTO t VALUES (-1, $1)", TEXT))
          .hasMessageContaining("budget");
      assertThat(client.execute("DELETE FROM t WHERE id < $1", rows / 2)).isEqualTo(rows / 2);
      assertThat(client.execute("DELETE FROM t WHERE id >= $1", rows / 2))
          .isEqualTo(rows - rows / 2);
      assertThat(fill(client, rows)).as("rows after the deletes").isGreaterThan(rows);
    }
  }

  @Test
  void aLoadBeyondTheBudgetLeavesNothing() {
    Config config = Config.inMemory().withMemoryBudgetBytes(64 << 20);
    try (Client client = Client.open(config)) {
      client.execute("CREATE TABLE t (id bigint PRIMARY KEY, note text)");
      client.execute("CREATE INDEX ON t (note, id)");
      assertThat(refused(client, 0, 200_000)).as("more than a quarter").isEqualTo("54000");
      assertThat(count(client)).isZero();
      int loads = 0;
      String full = null;
      for (; full == null; loads++) {
        full = refused(client, loads * 50_000, 50_000);
      }
      assertThat(full).isEqualTo("53200");
      assertThat(loads).isGreaterThan(2);
      assertThat(count(client)).isEqualTo((loads - 1) * 50_000L);
    }
  }

  /** The SQLSTATE of a COPY that was refused, or null. */
  private static String refused(Client client, int from, int rows) {
    StringBuilder text = new StringBuilder();
    for (int id = from; id < from + rows; id++) {
      text.append(id).append('\t').append("note of some bytes ").append(id).append('\n');
    }
    try {
      byte[] bytes = text.toString().getBytes(StandardCharsets.UTF_8);
      client.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(bytes));
      return null;
    } catch (DistDbException failure) {
      return failure.sqlState();
    }
  }

  /** Inserts until it is refused; the next id. */
  private static long fill(Client client, long from) {
    long id = from;
    try {
      for (; ; id++) {
        client.execute("INSERT INTO t VALUES ($1, $2)", id, TEXT);
      }
    } catch (DistDbException full) {
      assertThat(full.sqlState()).isEqualTo("53200");
      return id;
    }
  }

  private static long count(Client client) {
    return client.query("SELECT count(*) FROM t").toList(row -> row.getLong(0)).get(0);
  }
}

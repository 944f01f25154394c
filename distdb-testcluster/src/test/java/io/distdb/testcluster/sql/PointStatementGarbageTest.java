// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.distdb.api.type.Value;
import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.lang.management.ManagementFactory;
import java.util.function.IntConsumer;
import org.junit.jupiter.api.Test;

/** What a cached point statement leaves to the garbage collector, the whole stack included. */
class PointStatementGarbageTest {
  private static final int ROWS = 1_000;
  private static final int RUNS = 20_000;
  private static final int ROUNDS = 4;
  private static final long SELECT_BYTES_MAX = 1_024;

  /** Seen: 0.9 KB, of it the new row 0.1 KB and the parameters as the caller makes them 0.1 KB. */
  private static final long UPDATE_BYTES_MAX = 1_024;

  /** Seen: 2.0 to 2.5 KB, of it 1.4 KB for the leaves that the indexes copy and keep. */
  private static final long INSERT_BYTES_MAX = 3_072;

  /** The least of some rounds: early ones meet code that is not compiled yet. */
  private static long bytesPerRun(IntConsumer statement) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    long least = Long.MAX_VALUE;
    for (int round = 0; round < ROUNDS; round++) {
      long before = threads.getCurrentThreadAllocatedBytes();
      for (int i = 0; i < RUNS; i++) {
        statement.accept(i % ROWS);
      }
      least = Math.min(least, (threads.getCurrentThreadAllocatedBytes() - before) / RUNS);
    }
    return least;
  }

  private static void readOne(StatementResult result, int id) {
    try (ResultRows rows = ((StatementResult.Rows) result).rows()) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(0)).isEqualTo(id);
    }
  }

  @Test
  void pointSelectsAllocateUnderOneKilobyte() {
    try (Client client = Client.open();
        Session session = client.newSession()) {
      session.execute("CREATE TABLE t (id integer PRIMARY KEY, v bigint)");
      for (int i = 0; i < ROWS; i++) {
        session.execute("INSERT INTO t VALUES (" + i + ", 1)");
      }
      Prepared select = session.prepare("SELECT id, v FROM t WHERE id = $1");
      assertThat(bytesPerRun(id -> readOne(select.execute(Value.of(id)), id)))
          .as("prepared")
          .isLessThan(SELECT_BYTES_MAX);
      assertThat(
              bytesPerRun(
                  id -> readOne(session.execute("SELECT id, v FROM t WHERE id = " + id), id)))
          .as("literal text")
          .isLessThan(SELECT_BYTES_MAX);
    }
  }

  private static void createItems(Client client) {
    client.execute(
        "CREATE TABLE item (id bigint PRIMARY KEY, category integer, name text, n integer)");
    client.execute("CREATE INDEX item_category ON item (category)");
  }

  private static void insert(PreparedStatement insert, long id) {
    insert.execute(id, (int) (id * 7_919 % ROWS), "article of some length", 1);
  }

  @Test
  void updateByKeyAllocatesUnderOneKilobyte() {
    try (Client client = Client.open()) {
      createItems(client);
      PreparedStatement insert = client.prepare("INSERT INTO item VALUES ($1, $2, $3, $4)");
      for (int id = 0; id < ROWS; id++) {
        insert(insert, id);
      }
      PreparedStatement update = client.prepare("UPDATE item SET n = $1 WHERE id = $2");
      long[] changed = {0};
      assertThat(bytesPerRun(id -> changed[0] += update.execute(id * 31, (long) id)))
          .as("prepared")
          .isLessThan(UPDATE_BYTES_MAX);
      assertThat(changed[0]).isEqualTo(ROUNDS * RUNS);
      assertThat(
              bytesPerRun(
                  id -> client.execute("UPDATE item SET n = " + id * 31 + " WHERE id = " + id)))
          .as("literal text, the text included")
          .isLessThan(UPDATE_BYTES_MAX + 256);
    }
  }

  @Test
  void insertOfOneRowAllocatesLittleBesideTheRowAndItsIndexes() {
    try (Client client = Client.open()) {
      createItems(client);
      PreparedStatement insert = client.prepare("INSERT INTO item VALUES ($1, $2, $3, $4)");
      long[] next = {0};
      assertThat(bytesPerRun(ignored -> insert(insert, next[0]++))).isLessThan(INSERT_BYTES_MAX);
    }
  }
}

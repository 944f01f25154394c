// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sql;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.management.ThreadMXBean;
import io.distdb.api.type.Value;
import io.distdb.client.Client;
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
  private static final long SELECT_BYTES_MAX = 1_024;

  private static long bytesPerRun(IntConsumer statement) {
    ThreadMXBean threads = (ThreadMXBean) ManagementFactory.getThreadMXBean();
    for (int i = 0; i < RUNS; i++) {
      statement.accept(i % ROWS);
    }
    long before = threads.getCurrentThreadAllocatedBytes();
    for (int i = 0; i < RUNS; i++) {
      statement.accept(i % ROWS);
    }
    return (threads.getCurrentThreadAllocatedBytes() - before) / RUNS;
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
}

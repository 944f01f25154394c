// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** The power goes at every boundary of a bulk load: all of it is there afterwards, or nothing. */
class BulkLoadCrashTest {
  private static final int ROWS = 1500;
  private static final long NEVER = Long.MAX_VALUE;

  @ParameterizedTest
  @EnumSource(names = {"LOST", "TORN", "REORDERED"})
  void everyBoundary(CrashMode mode) {
    long boundaries = run(NEVER, mode);
    for (long boundary = 0; boundary < boundaries; boundary++) {
      run(boundary, mode);
    }
  }

  /** Returns how many boundaries there were. */
  private static long run(long boundary, CrashMode mode) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        if (boundary != NEVER) {
          node.disk().crashAt(boundary);
        }
        AtomicInteger acknowledged = new AtomicInteger();
        node.scheduler().start("first life", () -> load(node, acknowledged)).join();
        long boundaries = node.disk().boundaries();
        node.crash(mode);
        node.scheduler().start("next life", () -> verify(node, acknowledged.get())).join();
        return boundaries;
      });
    }
  }

  private static void load(SimulatedNode node, AtomicInteger acknowledged) {
    try (Client client = SimulatedDatabase.open(node)) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY, code integer UNIQUE, grp integer)");
      client.execute("CREATE INDEX t_grp ON t (grp)");
      acknowledged.set(1);
      for (int load = 0; load < 3; load++) {
        client.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(text(load)));
        acknowledged.set(2 + load);
      }
    }
  }

  private static byte[] text(int load) {
    StringBuilder text = new StringBuilder();
    for (int i = load * ROWS; i < (load + 1) * ROWS; i++) {
      text.append(i).append('\t').append(i * 7919 % 100_000).append('\t').append(load).append('\n');
    }
    return text.toString().getBytes(StandardCharsets.US_ASCII);
  }

  private static void verify(SimulatedNode node, int acknowledged) {
    try (Client client = SimulatedDatabase.open(node);
        Session session = client.newSession()) {
      if (acknowledged == 0) {
        return;
      }
      long rows = number(session, "SELECT count(*) FROM t");
      assertThat(rows % ROWS).as("rows").isZero();
      assertThat(rows / ROWS).as("loads").isBetween(acknowledged - 1L, acknowledged + 0L);
      for (int load = 0; load < rows / ROWS; load++) {
        assertThat(number(session, "SELECT count(*) FROM t WHERE grp = " + load)).isEqualTo(ROWS);
        int code = load * ROWS * 7919 % 100_000;
        assertThat(number(session, "SELECT id FROM t WHERE code = " + code)).isEqualTo(load * ROWS);
      }
    }
  }

  private static long number(Session session, String query) {
    return SqlRows.longs(session, query).getFirst()[0];
  }
}

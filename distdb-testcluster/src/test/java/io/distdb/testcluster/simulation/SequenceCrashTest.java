// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Numbers of a sequence across power losses: none is handed out twice. */
class SequenceCrashTest {
  private static final int NUMBERS = 50;
  private static final int BOUNDARIES = 60;

  private static long next(Session session) {
    try (ResultRows rows = ((StatementResult.Rows) session.execute("SELECT nextval('s')")).rows()) {
      assertThat(rows.next()).isTrue();
      return rows.getLong(0);
    }
  }

  /** Power is lost at {@code boundary}; what was handed out until then is in {@code numbers}. */
  private static void live(SimulatedNode node, long boundary, List<Long> numbers) {
    node.scheduler()
        .start(
            "life",
            () -> {
              try (Client client = SimulatedDatabase.open(node);
                  Session session = client.newSession()) {
                session.execute("CREATE SEQUENCE IF NOT EXISTS s");
                node.disk().crashAt(node.disk().boundaries() + boundary);
                for (int i = 0; i < NUMBERS; i++) {
                  numbers.add(next(session));
                }
              }
            })
        .join();
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "TORN", "REORDERED"})
  void noNumberIsHandedOutTwice(CrashMode mode) {
    for (long boundary = 0; boundary < BOUNDARIES; boundary += 7) {
      long at = boundary;
      try (SimulatedWorld world = new SimulatedWorld(boundary + 1)) {
        world.run(() -> {
          SimulatedNode node = world.node("n1");
          List<Long> numbers = new ArrayList<>();
          for (int life = 0; life < 3; life++) {
            live(node, at, numbers);
            node.crash(mode);
          }
          assertThat(numbers).doesNotHaveDuplicates().isSorted();
        });
      }
    }
  }

  @Test
  void orderlyEndLeavesNoGap() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        List<Long> numbers = new ArrayList<>();
        live(node, Long.MAX_VALUE / 2, numbers);
        live(node, Long.MAX_VALUE / 2, numbers);
        assertThat(numbers).hasSize(2 * NUMBERS).last().isEqualTo(2L * NUMBERS);
      });
    }
  }
}

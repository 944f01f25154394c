// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * A database whose journal has a directory of its own, and the power lost at every boundary from
 * the making of the two directories on.
 */
class WalDirectoryCrashTest {
  private static final int STEPS = 8;

  private static long live(SimulatedWorld world, SimulatedNode node, Ledger ledger, int steps) {
    node.scheduler()
        .start(
            "life",
            () -> {
              try (Client client = SimulatedDatabase.openApart(node)) {
                new MixedWorkload(client, ledger, world.random("load")).run(steps);
              }
            })
        .join();
    return node.disk().boundaries();
  }

  private static void verify(SimulatedNode node, Ledger ledger) {
    try (Client client = SimulatedDatabase.openApart(node);
        Session session = client.newSession()) {
      ledger.verify(session);
    }
  }

  private static long boundaries() {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      return world.call(() -> live(world, world.node("n1"), new Ledger(), STEPS));
    }
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "TORN", "REORDERED"})
  void noPromiseIsBroken(CrashMode mode) {
    long boundaries = boundaries();
    assertThat(boundaries).isGreaterThan(60);
    for (long boundary = 0; boundary < boundaries; boundary++) {
      long at = boundary;
      try (SimulatedWorld world = new SimulatedWorld(1)) {
        world.run(() -> {
          SimulatedNode node = world.node("n1");
          Ledger ledger = new Ledger();
          node.disk().crashAt(at);
          live(world, node, ledger, STEPS);
          node.crash(mode);
          node.scheduler().start("next life", () -> verify(node, ledger)).join();
        });
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("power lost at boundary " + boundary + ", " + mode, failure);
      }
    }
  }
}

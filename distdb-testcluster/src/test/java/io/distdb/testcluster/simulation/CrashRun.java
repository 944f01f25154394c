// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.disk.Disk;
import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.function.UnaryOperator;

/**
 * One life of a database up to a power loss, and the next life that must find every promise kept.
 */
final class CrashRun {
  private static final long NEVER = Long.MAX_VALUE;

  private CrashRun() {}

  /** How many boundaries the undisturbed workload has. */
  static long boundaries(long seed, int steps) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        live(world, node, new Ledger(), steps, NEVER, disk -> disk);
        return node.disk().boundaries();
      });
    }
  }

  /**
   * @param bug the disk as the first life sees it
   * @throws AssertionError a promise is broken; the message says how to run it again
   */
  static void crashAndVerify(
      long seed, int steps, long boundary, CrashMode mode, UnaryOperator<Disk> bug) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        Ledger ledger = new Ledger();
        live(world, node, ledger, steps, boundary, bug);
        node.crash(mode);
        node.scheduler().start("next life", () -> verify(world, node, ledger)).join();
      });
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError(
          "seed "
              + seed
              + ", "
              + steps
              + " steps, power lost at boundary "
              + boundary
              + ", "
              + mode
              + ": "
              + rootMessage(failure),
          failure);
    }
  }

  private static void live(
      SimulatedWorld world,
      SimulatedNode node,
      Ledger ledger,
      int steps,
      long boundary,
      UnaryOperator<Disk> bug) {
    if (boundary != NEVER) {
      node.disk().crashAt(boundary);
    }
    node.scheduler()
        .start(
            "first life",
            () -> {
              try (Client client = SimulatedDatabase.open(node, bug.apply(node.disk()))) {
                new MixedWorkload(client, ledger, world.random("load")).run(steps);
              }
            })
        .join();
  }

  /** What was promised is there, and the database goes on from it. */
  private static void verify(SimulatedWorld world, SimulatedNode node, Ledger ledger) {
    try (Client client = SimulatedDatabase.open(node)) {
      check(client, ledger);
      if (!ledger.rows().isEmpty()) {
        new MixedWorkload(client, ledger, world.random("after")).run(3);
      }
    }
    try (Client client = SimulatedDatabase.open(node)) {
      check(client, ledger);
    }
  }

  private static void check(Client client, Ledger ledger) {
    try (Session session = client.newSession()) {
      ledger.verify(session);
    }
  }

  private static String rootMessage(Throwable failure) {
    Throwable root = failure;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return root.toString();
  }
}

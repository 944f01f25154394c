// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.simulation.SeedRunner;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Random histories of several sessions, definitions among them, on a simulated node; at random
 * moments backups, that run between any two steps of the others. Each is restored and must be what
 * a reader of its timestamp sees.
 */
class BackupHistoryTest {
  private static final int SEEDS = Integer.getInteger("distdb.seeds", 40);
  private static final int STEPS = 25;
  private static final Config CONFIG =
      SimulatedDatabase.CONFIG.toBuilder().versionRetentionMillis(3_600_000).build();

  @Test
  void restoredHistoriesAreThoseOfTheTimestamp() {
    SeedRunner.of(getClass(), "restoredHistoriesAreThoseOfTheTimestamp")
        .run(SEEDS, BackupHistoryTest::run);
  }

  private static long run(long seed) {
    try (SimulatedWorld world = new SimulatedWorld(seed)) {
      world.run(() -> {
        SimulatedNode node = world.node("n1");
        node.scheduler().start("life", () -> live(node, new SplittableRandom(seed))).join();
      });
      return world.traceHash();
    }
  }

  private static void live(SimulatedNode node, SplittableRandom random) {
    Surroundings surroundings =
        new Surroundings(
            node.clock(),
            node.scheduler(),
            Optional.of(node.disk()),
            Optional.empty(),
            "a simulation",
            Journal.Progress.SILENT,
            path -> SimulatedDatabase.place(node, path));
    TreeMap<String, Long> backups = new TreeMap<>();
    try (Node database = Node.start(CONFIG, surroundings);
        Client client = Client.of(database, surroundings)) {
      BusyShop.create(client);
      write(node.scheduler(), client, random, backups);
      backups.forEach((place, timestamp) -> {
        SimulatedBackup.restore(node, place, place + "-restored");
        compare(node, database, surroundings, place + "-restored", timestamp);
      });
    }
    assertThat(backups).hasSize(2);
  }

  private static void write(
      Scheduler scheduler, Client client, SplittableRandom random, TreeMap<String, Long> backups) {
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int writer = 0; writer < 3; writer++) {
      SplittableRandom own = random.split();
      boolean defines = writer == 2;
      tasks.add(scheduler.start("writer", () -> write(client, own, defines)));
    }
    SplittableRandom own = random.split();
    tasks.add(scheduler.start("backup", () -> backUp(scheduler, client, own, backups)));
    tasks.forEach(Scheduler.Task::join);
  }

  private static void write(Client client, SplittableRandom random, boolean defines) {
    for (int step = 0; step < STEPS; step++) {
      try {
        if (defines) {
          BusyShop.define(client, random);
        } else {
          BusyShop.change(client, random);
        }
      } catch (DistDbException refused) {
        if (!BusyShop.isExpected(refused)) {
          throw refused;
        }
      }
    }
  }

  private static void backUp(
      Scheduler scheduler, Client client, SplittableRandom random, TreeMap<String, Long> backups) {
    for (int i = 0; i < 2; i++) {
      scheduler.newWaiter().await(1 + random.nextInt(20_000_000));
      String place = "backup-" + i;
      backups.put(place, SimulatedBackup.take(client, place));
    }
  }

  private static void compare(
      SimulatedNode node, Node original, Surroundings surroundings, String place, long timestamp) {
    Surroundings there =
        new Surroundings(
            node.clock(),
            node.scheduler(),
            Optional.of(node.disk().directory(place)),
            Optional.empty(),
            "a simulation",
            Journal.Progress.SILENT,
            surroundings.places());
    try (Node restored = Node.start(CONFIG, there)) {
      assertThat(WholeContent.of(restored.databases()))
          .isEqualTo(WholeContent.of(PastDatabase.of(original, surroundings, timestamp)));
    }
  }
}

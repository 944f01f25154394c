// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every boundary of a life with an archive: commits, checkpoints that purge,
 * definitions, an incremental backup, a restore to a point in time. Afterwards the full backup and
 * the archive together are the database, and a chain that was acknowledged can be restored.
 */
class ArchiveCrashTest {
  private static final Config CONFIG =
      SimulatedDatabase.CONFIG.toBuilder()
          .directory(Path.of("data"))
          .archiveDirectory(Path.of("archive"))
          .archiveIntervalMillis(5)
          .build();

  /** How far the first life came, as far as it was told. */
  private static final class Told {
    private boolean full;
    private boolean chain;
    private long restoredAsOf;
    private int rows;
    private int rowsOfChain;
    private long firstBoundary;
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "REORDERED"})
  void everyBoundary(CrashMode mode) {
    Told undisturbed = new Told();
    long boundaries = run(TwoLives.NEVER, mode, undisturbed);
    assertThat(undisturbed.restoredAsOf).isPositive();
    assertThat(boundaries - undisturbed.firstBoundary).isGreaterThan(60);
    for (long boundary = undisturbed.firstBoundary; boundary < boundaries; boundary++) {
      run(boundary, mode, new Told());
    }
  }

  /** Returns how many boundaries there were. */
  private static long run(long boundary, CrashMode mode, Told told) {
    return new TwoLives(node -> live(node, told), node -> verify(node, told)).run(boundary, mode);
  }

  private static Client open(SimulatedNode node, String directory, Config config) {
    Disk disk = SimulatedDatabase.place(node, directory);
    return Client.open(
        config,
        new Surroundings(
            node.clock(),
            node.scheduler(),
            Optional.of(disk),
            Optional.empty(),
            "a simulation",
            Journal.Progress.SILENT,
            path -> SimulatedDatabase.place(node, path)));
  }

  private static void live(SimulatedNode node, Told told) {
    long asOf;
    try (Client client = open(node, "data", CONFIG)) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
      SimulatedBackup.take(client, "full");
      told.full = true;
      told.firstBoundary = node.disk().boundaries();
      insert(client, told, 12);
      client.checkpoint();
      client.execute("CREATE INDEX t_v ON t (v)");
      insert(client, told, 6);
      told.rowsOfChain = told.rows;
      asOf =
          client
              .query("BACKUP TO 'next' INCREMENTAL FROM 'full'")
              .toList(row -> row.getLong("timestamp"))
              .getFirst();
      told.chain = true;
      insert(client, told, 6);
    }
    restore(node, "as-of", OptionalLong.of(asOf), true, "full");
    told.restoredAsOf = asOf;
  }

  private static void insert(Client client, Told told, int rows) {
    for (int i = 0; i < rows; i++) {
      client.execute("INSERT INTO t VALUES ($1, repeat('v', 300))", told.rows);
      told.rows++;
    }
  }

  private static void restore(
      SimulatedNode node, String target, OptionalLong asOf, boolean archive, String... chain) {
    List<Disk> places = new ArrayList<>();
    for (String name : chain) {
      places.add(node.disk().directory(name));
    }
    new Restore(node.scheduler(), node.clock(), Journal.Progress.SILENT)
        .run(
            new RestoreRequest(
                places.getFirst(),
                SimulatedDatabase.place(node, target),
                "memory",
                64 << 20,
                asOf,
                places.subList(1, places.size()),
                archive ? Optional.of(node.disk().directory("archive")) : Optional.empty()));
  }

  private static void verify(SimulatedNode node, Told told) {
    List<String> content;
    try (Client client = open(node, "data", CONFIG)) {
      content = rows(client);
      assertThat(content).hasSizeBetween(told.rows, told.rows + 1);
    }
    if (!told.full) {
      return;
    }
    restore(node, "again", OptionalLong.empty(), true, "full");
    assertThat(restored(node, "again")).isEqualTo(content);
    if (told.chain) {
      restore(node, "of-chain", OptionalLong.empty(), false, "next", "full");
      assertThat(restored(node, "of-chain")).hasSize(told.rowsOfChain);
    }
    if (told.restoredAsOf != 0) {
      assertThat(restored(node, "as-of")).hasSize(told.rowsOfChain);
    }
  }

  private static List<String> restored(SimulatedNode node, String directory) {
    try (Client client = open(node, directory, SimulatedDatabase.CONFIG)) {
      return rows(client);
    }
  }

  private static List<String> rows(Client client) {
    return client
        .query("SELECT id, length(v) FROM t ORDER BY id")
        .toList(row -> row.getLong(0) + " " + row.getLong(1));
  }
}

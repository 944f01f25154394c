// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DirectoryLayout.JournalPlace;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testkit.simulation.SimulatedNode;
import java.nio.file.Path;
import java.util.Optional;

/** Opens databases on simulated nodes. Call it from a thread of the node's own scheduler. */
public final class SimulatedDatabase {
  /** Forced at every commit; journal files so small that they are recycled soon. */
  public static final Config CONFIG =
      Config.inMemory().withDurability(Durability.SYNC).withJournalSegmentBytes(1 << 12);

  private SimulatedDatabase() {}

  /** What is on the node's disk, recovered. */
  public static Client open(SimulatedNode node) {
    return open(node, node.disk());
  }

  /**
   * As {@link #open(SimulatedNode)}, through {@code disk}: the node's own, perhaps with a bug in
   * it.
   */
  public static Client open(SimulatedNode node, Disk disk) {
    return open(node, disk, CONFIG);
  }

  /** As {@link #open(SimulatedNode, Disk)}, configured as the caller wants. */
  public static Client open(SimulatedNode node, Disk disk, Config config) {
    return open(node, disk, config, disk, Optional.empty());
  }

  /** What is in the node's directories {@code data} and {@code wal}, the journal in the latter. */
  public static Client openApart(SimulatedNode node) {
    return openApart(node, node.disk(), CONFIG);
  }

  /** As {@link #openApart(SimulatedNode)}, in the directories {@code data} and {@code wal}. */
  public static Client openApart(SimulatedNode node, Disk disk, Config config) {
    disk.createDirectories("data");
    disk.createDirectories("wal");
    disk.forceDirectory("");
    JournalPlace journal = new JournalPlace(disk.directory("wal"), "/wal");
    return open(node, disk.directory("data"), config, disk, Optional.of(journal));
  }

  /**
   * @param others has the directories that configuration and statements name, by the last part of
   *     their names
   */
  private static Client open(
      SimulatedNode node, Disk disk, Config config, Disk others, Optional<JournalPlace> journal) {
    return Client.open(
        config,
        new Surroundings(
            node.clock(),
            node.scheduler(),
            Optional.of(disk),
            journal,
            "a simulation",
            Journal.Progress.SILENT,
            path -> place(others, Path.of(path).getFileName().toString())));
  }

  /** A directory of the node's disk, which is made and durable in its parent. */
  public static Disk place(SimulatedNode node, String path) {
    return place(node.disk(), path);
  }

  /** A directory of {@code disk}, which is made and durable in its parent. */
  public static Disk place(Disk disk, String path) {
    disk.createDirectories(path);
    disk.forceDirectory("");
    return disk.directory(path);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.journal.Durability;
import io.distdb.node.config.Config;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import java.nio.file.Path;
import java.util.List;

/** All of them. */
final class Workloads {
  private static final Config SMALL = SimulatedDatabase.CONFIG;
  private static final Config LAZY =
      SMALL.withDurability(Durability.INTERVAL).withIntervalMillis(20);

  static final String ARCHIVE = "archive";
  static final Config ARCHIVED =
      SMALL.toBuilder()
          .directory(Path.of("data"))
          .archiveDirectory(Path.of(ARCHIVE))
          .archiveIntervalMillis(10)
          .build();

  private Workloads() {}

  static List<Workload> all() {
    return List.of(
        new Workload("accounts", SMALL, false, machine -> new AccountStory(machine, 2, 13, 0)),
        new Workload("commits of sessions", SMALL, false, machine -> new CommitStory(machine, 8)),
        new Workload("index builds", SMALL, false, IndexStory::new),
        new Workload("bulk loads", SMALL, false, LoadStory::new),
        new Workload("definitions", SMALL, false, DefinitionStory::new),
        new Workload("sequences", SMALL, false, SequenceStory::new),
        new Workload("recycled segments", SMALL, false, RecyclingStory::new),
        new Workload("reopenings", SMALL, false, machine -> new AccountStory(machine, 6, 3, 0)),
        new Workload("journal apart", SMALL, true, machine -> new AccountStory(machine, 2, 7, 0)),
        new Workload("backups", SMALL, true, BackupStory::new),
        new Workload("restores", SMALL, true, RestoreStory::new),
        new Workload("repairs", SMALL, true, RepairStory::new),
        new Workload("archives", ARCHIVED, true, ArchiveStory::new),
        new Workload(
            "interval", LAZY, false, machine -> new AccountStory(machine, 2, 13, 15_000_000)));
  }

  static Workload named(String name) {
    return all().stream()
        .filter(workload -> workload.name().equals(name))
        .findFirst()
        .orElseThrow(() -> new IllegalArgumentException("no workload is called " + name));
  }
}

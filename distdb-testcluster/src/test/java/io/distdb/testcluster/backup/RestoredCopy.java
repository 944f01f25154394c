// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreReport;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.TreeMap;

/** Restores backups into directories below one, and shows what is in them. */
record RestoredCopy(Path parent, String engine) {
  private static final long MEMORY_BYTES = 64 << 20;

  /** Restores, and opens what came of it: everything that SQL shows. */
  TreeMap<String, List<String>> content(
      String name, OptionalLong asOf, Optional<Disk> archive, Path... chain) {
    restore(name, asOf, archive, chain);
    Config config = Config.builder().directory(parent.resolve(name)).storage(engine).build();
    try (Node restored = Node.start(config)) {
      return WholeContent.of(restored.databases());
    }
  }

  /**
   * @param chain the backup, then those that it continues
   */
  RestoreReport restore(String name, OptionalLong asOf, Optional<Disk> archive, Path... chain) {
    List<Disk> places = List.of(chain).stream().map(RestoredCopy::place).toList();
    return new Restore(Scheduler.threads(), Clock.system(), Journal.Progress.SILENT)
        .run(
            new RestoreRequest(
                places.getFirst(),
                place(parent.resolve(name)),
                engine,
                MEMORY_BYTES,
                asOf,
                places.subList(1, places.size()),
                archive));
  }

  static Disk place(Path path) {
    return Surroundings.place(path.toString());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Surroundings;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.OptionalLong;

/** A simulated disk with a database in {@code data}, and places for backups beside it. */
final class BackupHome {
  static final Config CONFIG =
      Config.builder().journalSegmentBytes(1 << 16).memoryBudgetBytes(64 << 20).build();

  final SimulatedDisk disk = new SimulatedDisk(1);

  Client open() {
    return open("data", CONFIG);
  }

  Client open(String directory, Config config) {
    return Client.open(config, surroundings(directory));
  }

  private Surroundings surroundings(String directory) {
    return new Surroundings(
        Clock.system(),
        Scheduler.threads(),
        Optional.of(place(directory)),
        Optional.empty(),
        "a test",
        Journal.Progress.SILENT,
        this::place);
  }

  Disk place(String directory) {
    disk.createDirectories(directory);
    disk.forceDirectory("");
    return disk.directory(directory);
  }

  RestoreReport restore(String backup, String target) {
    return restore(backup, target, OptionalLong.empty());
  }

  RestoreReport restore(String backup, String target, OptionalLong asOf) {
    return new Restore(Scheduler.threads(), Clock.system(), Journal.Progress.SILENT)
        .run(
            new RestoreRequest(
                disk.directory(backup), disk.directory(target), "memory", 64 << 20, asOf));
  }

  byte[] content(String name) {
    try (DiskFile file = disk.open(name)) {
      ByteBuffer content = ByteBuffer.allocate((int) file.size());
      file.read(0, content);
      return content.array();
    }
  }

  /** Puts a file of this content in the place of another. */
  void replace(String name, byte[] content) {
    try (DiskFile file = disk.create(name)) {
      file.write(0, ByteBuffer.wrap(content));
      file.force();
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.SimulatedCrash;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/**
 * A small database whose every bit can be flipped: a snapshot, and a journal with commits behind
 * it. It was closed in order, or its process was killed, so that nothing proves its last batch.
 */
final class BitFlips {
  private static final String BACKUP = "backup";
  private static final String EARLY_BACKUP = "early";
  private static final long MEMORY_BYTES = 64 << 20;

  private final SimulatedDisk disk;
  private final Picture last;
  private final Picture beforeLast;

  private BitFlips(SimulatedDisk disk, Picture last, Picture beforeLast) {
    this.disk = disk;
    this.last = last;
    this.beforeLast = beforeLast;
  }

  /** What a flipped bit does. */
  enum Effect {
    /** Opening is refused, and names the file. */
    REFUSED,
    /** The last batch is cut, and recovery says so. */
    CUT,
    /** Nothing: the bit is in a part that nobody reads, or that only speeds things up. */
    HARMLESS
  }

  static BitFlips make(boolean closed) {
    SimulatedDisk disk = new SimulatedDisk(1);
    List<Picture> pictures = new ArrayList<>();
    try (Client client = open(disk, closed ? Workloads.ARCHIVED : SimulatedDatabase.CONFIG)) {
      client.execute("CREATE TABLE item (id BIGINT PRIMARY KEY, tag TEXT, n BIGINT)");
      client.execute("CREATE INDEX item_tag ON item (tag)");
      client.execute("BACKUP TO '" + EARLY_BACKUP + "'");
      for (int id = 0; id < 8; id++) {
        client.execute("INSERT INTO item VALUES ($1, $2, 0)", id, "tag " + id % 3);
      }
      client.execute("DELETE FROM item WHERE id = 3");
      client.checkpoint();
      for (int step = 0; step < 12; step++) {
        client.execute("UPDATE item SET n = n + 1, tag = $1 WHERE id = $2", "t" + step, step % 3);
        pictures.add(observe(client));
      }
      client.execute("BACKUP TO '" + BACKUP + "'");
      if (!closed) {
        disk.kill();
      }
    } catch (SimulatedCrash killed) {
      if (closed) {
        throw killed;
      }
    }
    SimulatedDisk left = disk.afterPowerLoss(CrashMode.KEPT);
    return new BitFlips(left, pictures.getLast(), pictures.get(pictures.size() - 2));
  }

  private static Client open(Disk disk) {
    return open(disk, SimulatedDatabase.CONFIG);
  }

  private static Client open(Disk disk, Config config) {
    return Client.open(
        config,
        new Surroundings(
            Clock.system(),
            Scheduler.threads(),
            Optional.of(disk),
            Optional.empty(),
            "a test",
            Journal.Progress.SILENT,
            path -> disk.directory(Path.of(path).getFileName().toString())));
  }

  private static Picture observe(Client client) {
    try (Session session = client.newSession()) {
      Picture picture = new Picture();
      picture.add(session, "item", "SELECT id, tag, n FROM item");
      return picture;
    }
  }

  /** The files of a backup of the last picture. */
  List<String> backupFiles() {
    return disk.list(BACKUP).stream().map(name -> BACKUP + "/" + name).toList();
  }

  /** The files of the log behind an early backup, up to the last picture. */
  List<String> archiveFiles() {
    return files(Workloads.ARCHIVE, "");
  }

  /** Flips a bit of a copy of the backup, and restores that. */
  Effect flipBackup(String file, long bit) {
    return flipRestored(file, bit, damaged -> request(damaged, BACKUP));
  }

  /** Flips a bit of a copy of the archive, and restores the early backup with it. */
  Effect flipArchive(String file, long bit) {
    return flipRestored(
        file,
        bit,
        damaged ->
            request(damaged, EARLY_BACKUP).withArchive(damaged.directory(Workloads.ARCHIVE)));
  }

  private static RestoreRequest request(Disk disk, String backup) {
    return new RestoreRequest(
        disk.directory(backup),
        disk.directory("restored"),
        "memory",
        MEMORY_BYTES,
        OptionalLong.empty());
  }

  private Effect flipRestored(String file, long bit, Function<Disk, RestoreRequest> wanted) {
    SimulatedDisk damaged = disk.afterPowerLoss(CrashMode.KEPT);
    damaged.flipBit(file, bit);
    RestoreRequest request = wanted.apply(damaged);
    Disk target = request.target();
    try {
      new Restore(Scheduler.threads(), Clock.system(), Journal.Progress.SILENT).run(request);
    } catch (DistDbException refusal) {
      return refused(file, bit, refusal);
    }
    try (Client client = open(target)) {
      Picture found = observe(client);
      if (!found.equals(last)) {
        throw new AssertionError(
            "bit " + bit + " of " + file + " is restored:" + last.difference(found));
      }
    }
    return Effect.HARMLESS;
  }

  private static Effect refused(String file, long bit, DistDbException refusal) {
    Optional<Detection> detection = Detection.of(refusal);
    if (detection.isEmpty() || !file.endsWith(detection.get().file())) {
      throw new AssertionError(
          "bit " + bit + " of " + file + " is not named: " + refusal.getMessage(), refusal);
    }
    return Effect.REFUSED;
  }

  /** The files below {@code directory} whose names end so. */
  List<String> files(String directory, String suffix) {
    return disk.list(directory).stream()
        .filter(name -> name.endsWith(suffix) && !name.startsWith("free-"))
        .map(name -> directory + "/" + name)
        .toList();
  }

  long bytes(String file) {
    try (DiskFile open = disk.open(file)) {
      return open.size();
    }
  }

  /**
   * Flips a bit of a copy and opens that.
   *
   * @param bug the disk through which it is opened
   * @throws AssertionError what is damaged was served, or is refused without being named
   */
  Effect flip(String file, long bit, UnaryOperator<Disk> bug) {
    SimulatedDisk damaged = disk.afterPowerLoss(CrashMode.KEPT);
    damaged.flipBit(file, bit);
    try (Client client = open(bug.apply(damaged))) {
      Picture found = observe(client);
      if (found.equals(last)) {
        return Effect.HARMLESS;
      }
      if (found.equals(beforeLast) && client.recovery().journal().tornBytes() > 0) {
        return Effect.CUT;
      }
      throw new AssertionError(
          "bit " + bit + " of " + file + " is served:" + last.difference(found));
    } catch (DistDbException refusal) {
      return refused(file, bit, refusal);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;
import java.util.function.Function;

/** The backups of a story, and what each must hold. */
final class BackupShelf {
  private static final long MEMORY_BYTES = 64 << 20;

  private final Machine machine;
  private final Function<Session, Picture> content;
  private final TreeMap<String, Picture> taken = new TreeMap<>();
  private final TreeMap<String, Picture> tried = new TreeMap<>();
  private int nextBackup = 1;
  private int nextRestored = 1;

  /**
   * @param content what a database shows
   */
  BackupShelf(Machine machine, Function<Session, Picture> content) {
    this.machine = machine;
    this.content = content;
  }

  boolean isEmpty() {
    return taken.isEmpty();
  }

  /** Takes a backup; false when the disk refused it. */
  boolean take(Session session, Picture now) {
    return take(session, now, "");
  }

  /** Takes a backup that continues the last one. */
  boolean takeIncremental(Session session, Picture now) {
    return take(session, now, " INCREMENTAL FROM '" + taken.lastKey() + "'");
  }

  private boolean take(Session session, Picture now, String options) {
    String name = "backup-" + nextBackup++;
    tried.put(name, now);
    boolean done = machine.attempt(() -> session.execute("BACKUP TO '" + name + "'" + options));
    if (done) {
      taken.put(name, tried.remove(name));
    }
    return done;
  }

  /** What the newest backup holds. */
  Picture newest() {
    return taken.lastEntry().getValue();
  }

  /** Restores the newest backup into a directory that is new or empty. */
  void restoreNewest(String target) {
    restore(taken.lastKey(), target);
  }

  private void restore(String backup, String target) {
    run(request(backup, target).withEarlier(earlier()));
  }

  private RestoreRequest request(String backup, String target) {
    Disk disk = machine.disk();
    return new RestoreRequest(
        disk.directory(backup),
        SimulatedDatabase.place(disk, target),
        "memory",
        MEMORY_BYTES,
        OptionalLong.empty());
  }

  private void run(RestoreRequest request) {
    new Restore(machine.node().scheduler(), machine.node().clock(), Journal.Progress.SILENT)
        .run(request);
  }

  private List<Disk> earlier() {
    return taken.keySet().stream().map(machine.disk()::directory).toList();
  }

  /** Restores the oldest backup and all of the archive, which must show {@code now}. */
  void verifyArchive(String archive, Picture now) {
    String target = "restored-" + nextRestored++;
    run(
        request(taken.firstKey(), target)
            .withEarlier(earlier())
            .withArchive(machine.disk().directory(archive)));
    compareCopy("the archive", target, now);
  }

  /** Restores all of them, the unfinished too, and looks at what comes of it. */
  void verify() {
    taken.forEach((name, picture) -> {
      try {
        compare(name, picture);
      } catch (DistDbException failure) {
        if (!machine.isDetection(failure)) {
          throw failure;
        }
      }
    });
    tried.forEach((name, picture) -> {
      try {
        compare(name, picture);
      } catch (DistDbException failure) {
        requireInterrupted(name, failure);
      }
    });
  }

  private void requireInterrupted(String name, DistDbException failure) {
    switch (failure.code()) {
      case OBJECT_NOT_IN_PREREQUISITE_STATE, UNDEFINED_FILE -> {}
      default -> {
        if (!machine.isDetection(failure)) {
          throw new AssertionError(
              "the backup " + name + " is not refused as interrupted", failure);
        }
      }
    }
  }

  private void compare(String name, Picture picture) {
    String target = "restored-" + nextRestored++;
    restore(name, target);
    compareCopy("the backup " + name, target, picture);
  }

  private void compareCopy(String what, String target, Picture picture) {
    try (Client client = openRestored(target);
        Session session = client.newSession()) {
      Picture found = content.apply(session);
      if (!found.equals(picture)) {
        throw new AssertionError(what + " shows something else:" + picture.difference(found));
      }
    }
  }

  Client openRestored(String target) {
    return SimulatedDatabase.open(
        machine.node(), machine.disk().directory(target), machine.config());
  }
}

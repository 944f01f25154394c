// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.client.Client;
import io.distdb.node.backup.BackupManifest;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreReport;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.directory.DirectoryDescription;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.simulation.SimulatedNode;
import java.util.EnumSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/**
 * Backups and restores as steps of a life on a simulated node, to be cut anywhere, and what the
 * next life may find of them. Call it from a thread of the node's own scheduler.
 */
public final class SimulatedBackup {
  /** What directories that were not completed are refused with. */
  private static final Set<ErrorCode> NOT_COMPLETE =
      EnumSet.of(ErrorCode.UNDEFINED_FILE, ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);

  private SimulatedBackup() {}

  /** BACKUP TO a directory of the node's disk. Returns the timestamp. */
  public static long take(Client client, String directory) {
    return client
        .query("BACKUP TO '" + directory + "'")
        .toList(row -> row.getLong("timestamp"))
        .getFirst();
  }

  /** Restores a backup into another directory of the node's disk, for the in-memory engine. */
  public static RestoreReport restore(SimulatedNode node, String backup, String target) {
    return new Restore(node.scheduler(), node.clock(), Journal.Progress.SILENT)
        .run(
            new RestoreRequest(
                node.disk().directory(backup),
                SimulatedDatabase.place(node, target),
                "memory",
                64 << 20,
                OptionalLong.empty()));
  }

  /**
   * The manifest of a backup that is complete; empty when there is none, or an interrupted one. A
   * damaged one is an error: no crash leaves that.
   */
  public static Optional<BackupManifest> complete(SimulatedNode node, String backup) {
    Disk disk = node.disk().directory(backup);
    try {
      return Optional.of(BackupManifest.read(disk));
    } catch (DistDbException refused) {
      return refuseUnlessIncomplete(refused);
    }
  }

  /** Whether a directory holds a database; an interrupted restore, or nothing, is none. */
  public static boolean isDatabase(SimulatedNode node, String directory) {
    try {
      DirectoryDescription.of(node.disk().directory(directory));
      return true;
    } catch (DistDbException refused) {
      return refuseUnlessIncomplete(refused).isPresent();
    }
  }

  private static <T> Optional<T> refuseUnlessIncomplete(DistDbException refused) {
    if (!NOT_COMPLETE.contains(refused.code())) {
      throw new AssertionError("left by a crash, and refused with", refused);
    }
    return Optional.empty();
  }
}

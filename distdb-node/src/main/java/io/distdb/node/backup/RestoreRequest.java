// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What is to be restored where.
 *
 * @param backup the directory of the backup
 * @param target a data directory to be, new or empty
 * @param engine the storage engine that it shall have
 * @param memoryBytes what that engine may take meanwhile
 * @param asOf the timestamp of which readers shall find the data; empty: the backup's, or with an
 *     archive the last that there is
 * @param earlier directories in which the backups may be that an incremental one continues
 * @param archive of the log, which goes on where the backup ends
 */
public record RestoreRequest(
    Disk backup,
    Disk target,
    String engine,
    long memoryBytes,
    OptionalLong asOf,
    List<Disk> earlier,
    Optional<Disk> archive) {
  public RestoreRequest {
    Objects.requireNonNull(backup, "backup");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(asOf, "asOf");
    Objects.requireNonNull(archive, "archive");
    earlier = List.copyOf(earlier);
  }

  /** Of a backup by itself. */
  public RestoreRequest(
      Disk backup, Disk target, String engine, long memoryBytes, OptionalLong asOf) {
    this(backup, target, engine, memoryBytes, asOf, List.of(), Optional.empty());
  }

  public RestoreRequest withEarlier(List<Disk> places) {
    return new RestoreRequest(backup, target, engine, memoryBytes, asOf, places, archive);
  }

  public RestoreRequest withArchive(Disk place) {
    return new RestoreRequest(
        backup, target, engine, memoryBytes, asOf, earlier, Optional.of(place));
  }
}

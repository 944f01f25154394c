// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import java.util.Objects;
import java.util.OptionalLong;

/**
 * What is to be restored where.
 *
 * @param backup the directory of the backup
 * @param target a data directory to be, new or empty
 * @param engine the storage engine that it shall have
 * @param memoryBytes what that engine may take meanwhile
 * @param asOf the timestamp of which readers shall find the data; empty: the backup's
 */
public record RestoreRequest(
    Disk backup, Disk target, String engine, long memoryBytes, OptionalLong asOf) {
  public RestoreRequest {
    Objects.requireNonNull(backup, "backup");
    Objects.requireNonNull(target, "target");
    Objects.requireNonNull(engine, "engine");
    Objects.requireNonNull(asOf, "asOf");
  }
}

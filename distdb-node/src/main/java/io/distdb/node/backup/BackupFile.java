// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

/**
 * A file of a backup, as its manifest names it.
 *
 * @param name within the backup's directory
 * @param bytes how long it is
 * @param crc32c of all of it (RFC 3720)
 * @param entries what is in it: versions of a snapshot, records of a log
 */
public record BackupFile(String name, long bytes, int crc32c, long entries) {
  /** Shards' contents are called so: {@code shard-0.snapshot}. */
  static String snapshotName(int shard) {
    return "shard-" + shard + ".snapshot";
  }

  /** Logs of shards are called so: {@code shard-0.log}. */
  static String logName(int shard) {
    return "shard-" + shard + ".log";
  }
}

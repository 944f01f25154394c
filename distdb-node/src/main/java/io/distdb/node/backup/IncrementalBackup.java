// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.archive.LogFileWriter;
import io.distdb.node.archive.Pace;
import java.util.function.LongConsumer;

/**
 * Writes the log since an earlier backup into one file.
 *
 * <p>The timestamp T is settled first: everything committed at or below it is applied. Then the log
 * is read through the position P that is applied by then, so it has all of them, and perhaps some
 * above T, which a restore leaves out. Definitions are commits like others.
 */
final class IncrementalBackup {
  private final LiveLog log;
  private final TransactionManager transactions;

  IncrementalBackup(LiveLog log, TransactionManager transactions) {
    this.log = log;
    this.transactions = transactions;
  }

  /** What was written, forced. */
  record Written(long timestamp, LogPosition position, BackupFile file) {}

  /**
   * Refuses an earlier backup that this database cannot continue.
   *
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}
   */
  void requireContinues(BackupManifest parent, Disk place, String database) {
    String why = null;
    if (!parent.database().equals(database)) {
      why = "is of the database " + parent.database() + ", not of " + database;
    } else if (parent.position().index() > log.applied().index()) {
      why =
          "reaches the log index "
              + parent.position().index()
              + ", but this database ends at "
              + log.applied().index();
    }
    if (why != null) {
      throw new DistDbException(
              ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
              "the backup in " + place.location() + " cannot be continued: it " + why)
          .withHint("Name a backup of this database, or take a full one.");
    }
  }

  /**
   * @param watch hears of the bytes written; throws to stop
   */
  Written write(
      Disk disk, BackupManifest parent, Compression compression, Pace pace, LongConsumer watch) {
    long timestamp = transactions.settle();
    LogPosition position = log.applied();
    String name = BackupFile.logName(log.shard().value());
    long[] bytes = {0};
    try (BackupFileWriter file =
        new BackupFileWriter(disk, name, pace, () -> watch.accept(bytes[0]))) {
      LogFileWriter writer =
          new LogFileWriter(
              chunk -> {
                file.write(chunk);
                bytes[0] = file.bytes();
              },
              parent.database(),
              log.shard(),
              parent.position().index(),
              compression);
      log.read(parent.position().index(), position.index(), writer::add);
      writer.finish(timestamp);
      return new Written(timestamp, position, file.finish(writer.entries()));
    }
  }
}

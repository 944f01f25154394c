// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.node.archive.ArchiveDirectory;
import io.distdb.node.archive.LogFileName;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * The log of a database that runs: what the journal still has of it, and before that, what the
 * archive has. Thread-safe.
 */
public final class LiveLog {
  private static final ShardId SHARD = ShardId.SYSTEM;

  private final Journal journal;
  private final Store store;
  private final Optional<Disk> archive;

  public LiveLog(Journal journal, Store store, Optional<Disk> archive) {
    this.journal = journal;
    this.store = store;
    this.archive = archive;
  }

  ShardId shard() {
    return SHARD;
  }

  /** Through which entry it is applied. */
  LogPosition applied() {
    return store.applied();
  }

  /**
   * Reads entries in the order of the log, while it grows.
   *
   * @param above indexes from {@code above + 1} on
   * @param through the last index, at or below {@link #applied}
   * @throws DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: neither has it any more;
   *     {@code DATA_CORRUPTED}, with file and byte
   */
  void read(long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    if (journal.durability() != Durability.SYNC) {
      journal.forceToDisk(journal.endOffset());
    }
    try (Journal.Retention held = journal.retain(SHARD, above)) {
      long oldest = journal.oldestIndex(SHARD).orElse(through + 1);
      long inArchive = Math.min(through, Math.max(above, oldest - 1));
      if (inArchive > above) {
        readArchive(above, inArchive, visitor);
      }
      journal.read(SHARD, inArchive, through, visitor);
    }
  }

  private void readArchive(long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    if (archive.isEmpty()) {
      throw gone(above, through, "");
    }
    ArchiveDirectory files = ArchiveDirectory.existing(archive.get());
    long at = above;
    for (LogFileName file : files.files(SHARD)) {
      if (file.last() > at && file.first() <= at + 1 && at < through) {
        long from = at;
        files.read(
            file,
            entry -> {
              long index = entry.position().index();
              if (index > from && index <= through) {
                visitor.accept(entry);
              }
            });
        at = file.last();
      }
    }
    if (at < through) {
      throw gone(at, through, ", nor has the archive in " + files.location());
    }
  }

  private static DistDbException gone(long above, long through, String norArchive) {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the journal has the log from index "
                + (above + 1)
                + " to index "
                + through
                + " no more"
                + norArchive
                + ": the earlier backup cannot be continued")
        .withHint(
            "Take a full backup. With archive_dir set, the log is kept until an incremental backup"
                + " needs it.");
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import io.distdb.node.archive.ArchiveDirectory;
import io.distdb.node.archive.LogFileName;
import io.distdb.node.archive.LogFileReader;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/**
 * The files of an archive that continue a backup.
 *
 * @param files those that are needed, in the order of the log, without a gap
 * @param reaches everything committed at or below this timestamp is in the backup and these
 */
record ArchivedTail(ArchiveDirectory archive, List<LogFileName> files, long reaches) {
  ArchivedTail {
    files = List.copyOf(files);
  }

  /**
   * Reads what is needed of {@code archive}, and checks every byte of it.
   *
   * @param above the log index that the backup reaches
   * @param settled the timestamp that the backup reaches
   * @param wanted to be reached; {@link Timestamp#LATEST}: all that there is
   * @throws DistDbException {@code DATA_CORRUPTED}: a file is damaged, or one is missing between
   *     others; {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: the archive begins too late
   */
  static ArchivedTail check(
      ArchiveDirectory archive, long above, long settled, long wanted, LongConsumer progress) {
    List<LogFileName> needed = new ArrayList<>();
    long at = above;
    long reaches = settled;
    LogFileName before = null;
    for (LogFileName file : archive.files(ShardId.SYSTEM)) {
      if (reaches >= wanted) {
        break;
      }
      if (file.last() > at) {
        requireNoGap(archive, at, before, file);
        LogFileReader.Content content = archive.read(file, entry -> {});
        progress.accept(content.bytes());
        reaches = Math.max(reaches, content.settled());
        needed.add(file);
        at = file.last();
      }
      before = file;
    }
    return new ArchivedTail(archive, needed, reaches);
  }

  private static void requireNoGap(
      ArchiveDirectory archive, long at, LogFileName before, LogFileName file) {
    if (file.first() <= at + 1) {
      return;
    }
    String lacks =
        "the archive in "
            + archive.location()
            + " lacks the log from index "
            + (at + 1)
            + " to index "
            + (file.first() - 1);
    throw before == null
        ? new DistDbException(
                ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, lacks + ": its first file is " + file)
            .withHint("Restore a later backup with this archive, or bring the files before back.")
        : new DistDbException(
                ErrorCode.DATA_CORRUPTED,
                lacks + ": a file is missing between " + before + " and " + file)
            .withHint(
                "Bring the file back, restore as of a moment before, or restore a later backup.");
  }

  long bytes() {
    return files.stream().mapToLong(archive::bytes).sum();
  }

  void read(Consumer<JournalRecord.Recovered> visitor, LongConsumer progress) {
    for (LogFileName file : files) {
      progress.accept(archive.read(file, visitor).bytes());
    }
  }
}

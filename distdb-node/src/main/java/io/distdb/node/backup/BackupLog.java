// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.archive.LogFileReader;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** The log in one file of an incremental backup. */
record BackupLog(BackupChain.Link link, BackupFile file) {
  /**
   * Reads every byte, and checks that it is the log from {@code above} to what the manifest says.
   *
   * @throws DistDbException {@code DATA_CORRUPTED}, {@code INCOMPATIBLE_FORMAT}
   */
  void check(LogPosition above, LongConsumer progress) {
    try (BackupFileReader bytes = new BackupFileReader(link.disk(), file, progress)) {
      while (bytes.hasNext()) {
        bytes.next();
      }
      LogFileReader.Content content = read(entry -> {});
      bytes.requireWhole(content.entries());
      if (!content.database().equals(link.manifest().database())
          || content.first() != above.index() + 1
          || content.last().index() != link.manifest().position().index()) {
        throw new DistDbException(
                ErrorCode.DATA_CORRUPTED,
                "the file "
                    + where()
                    + " of the backup is damaged: it is the log of something else")
            .withHint("Restore another backup.");
      }
    }
  }

  private String where() {
    return link.disk().location() + "/" + file.name();
  }

  LogFileReader.Content read(Consumer<JournalRecord.Recovered> visitor) {
    try (DiskFile opened = link.disk().open(file.name())) {
      return LogFileReader.read(opened, where(), visitor);
    }
  }
}

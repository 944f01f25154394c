// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.LogPosition;
import java.util.ServiceLoader;
import java.util.function.LongConsumer;

/** Reads a backup's files, keeps nothing, and finds out whether they are whole. */
final class BackupCheck {
  private final ExportFormat format;

  BackupCheck() {
    format =
        ServiceLoader.load(ExportFormat.class, BackupCheck.class.getClassLoader())
            .findFirst()
            .orElseThrow(() ->
                new DistDbException(
                    ErrorCode.CONFIGURATION_ERROR, "no export format is on the class path"));
  }

  /**
   * @param progress hears how many bytes each piece has
   * @throws DistDbException {@code DATA_CORRUPTED}, naming file and offset; {@code
   *     INCOMPATIBLE_FORMAT}
   */
  void check(BackupChain chain, LongConsumer progress) {
    BackupManifest before = chain.full().manifest();
    before.files().forEach(file -> check(chain.full().disk(), file, progress));
    for (BackupChain.Link link : chain.incremental()) {
      for (BackupFile file : link.manifest().files()) {
        BackupLog log = new BackupLog(link, file);
        log.check(before.position(), progress);
      }
      before = link.manifest();
    }
  }

  /** A file of a full backup. Errors as of the other. */
  void check(Disk disk, BackupFile file, LongConsumer progress) {
    try (BackupFileReader reader = new BackupFileReader(disk, file, progress)) {
      Counter counter = new Counter();
      format.read(reader.name(), () -> reader, Timestamp.LATEST, counter);
      reader.requireWhole(counter.versions);
    }
  }

  private static final class Counter implements ExportFormat.Visitor {
    private long versions;

    @Override
    public void position(LogPosition position) {
      // The manifest's is what counts.
    }

    @Override
    public void side(Bytes key, Bytes value) {
      // Its checksum was right: that is all.
    }

    @Override
    public void index(IndexId id, IndexKind kind, ExportFormat.Versions all) {
      while (all.next()) {
        versions++;
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DirectoryLayout;
import io.distdb.node.directory.RestoredDirectory;
import io.distdb.sharding.replica.SideRecordsAsOf;
import java.util.Optional;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Makes a data directory of a backup. Reads the whole backup first, so that one which is damaged
 * touches nothing; then fills the directory, which becomes a database with the last step ({@link
 * RestoredDirectory}). The storage engine may be another than the one that the backup is of.
 *
 * <p>The new database has the log positions of the old one, and an identity of its own: what the
 * two do from here on are different histories.
 */
public final class Restore {
  private static final Logger LOG = LoggerFactory.getLogger(Restore.class);
  private static final String HOLDER = "a restore";

  private final Scheduler scheduler;
  private final Clock clock;
  private final Journal.Progress progress;

  /**
   * @param progress hears bytes read and bytes to read: each file is read twice
   */
  public Restore(Scheduler scheduler, Clock clock, Journal.Progress progress) {
    this.scheduler = scheduler;
    this.clock = clock;
    this.progress = progress;
  }

  /**
   * Restores a full backup.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}, {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: there
   *     is no backup, or an interrupted one; {@code DATA_CORRUPTED}, naming file and offset; {@code
   *     INCOMPATIBLE_FORMAT}; {@code DUPLICATE_FILE}: the target is not empty; {@code
   *     INVALID_PARAMETER_VALUE}: the backup does not reach the wanted timestamp; {@code
   *     CONFIGURATION_ERROR}: no such engine. In all these cases nothing was changed. {@code
   *     DISK_FULL}, {@code IO_ERROR}: the target is left as an interrupted restore
   */
  public RestoreReport run(RestoreRequest request) {
    long began = clock.nanoTime();
    BackupManifest manifest = BackupManifest.read(request.backup());
    long timestamp = timestamp(manifest, request);
    Read read = new Read(progress, 2 * manifest.bytes());
    BackupCheck check = new BackupCheck();
    manifest.files().forEach(file -> check.check(request.backup(), file, read));
    DirectoryLayout layout =
        new DirectoryLayout(
            request.engine(), Optional.empty(), Long.toHexString(clock.wallMicros()));
    StorageProviders.installed().named(request.engine());
    try (RestoredDirectory directory = RestoredDirectory.begin(request.target(), layout, HOLDER)) {
      try (StorageEngine engine = open(directory, request)) {
        fill(engine.store(ShardId.SYSTEM), request, manifest, timestamp, read);
      }
      directory.complete();
    }
    RestoreReport report = new RestoreReport(manifest, timestamp, clock.nanoTime() - began);
    LOG.info(
        "restored backup {} as of {} into {}, {} s",
        manifest.id(),
        Timestamp.toInstant(timestamp),
        request.target().location(),
        report.nanos() / 1_000_000 / 1e3);
    return report;
  }

  private static long timestamp(BackupManifest manifest, RestoreRequest request) {
    if (manifest.isIncremental()) {
      throw new DistDbException(
          ErrorCode.FEATURE_NOT_SUPPORTED, "restoring incremental backups is not supported yet");
    }
    long wanted = request.asOf().orElse(manifest.timestamp());
    if (wanted != manifest.timestamp()) {
      throw new DistDbException(
              ErrorCode.INVALID_PARAMETER_VALUE,
              "the backup in "
                  + request.backup().location()
                  + " is of "
                  + manifest.time()
                  + " ("
                  + manifest.timestamp()
                  + "), and cannot be restored as of "
                  + Timestamp.toInstant(wanted)
                  + " ("
                  + wanted
                  + ")")
          .withHint("Restore as of its own time.");
    }
    return wanted;
  }

  private StorageEngine open(RestoredDirectory directory, RestoreRequest request) {
    return StorageProviders.installed()
        .named(request.engine())
        .open(
            new StorageResources(
                Optional.of(directory.parts().engine()),
                request.memoryBytes(),
                scheduler,
                clock,
                Journal.Progress.SILENT));
  }

  private static void fill(
      Store store, RestoreRequest request, BackupManifest manifest, long timestamp, Read read) {
    for (BackupFile file : manifest.files()) {
      try (BackupFileReader reader = new BackupFileReader(request.backup(), file, read)) {
        store.restore(reader.name(), () -> reader, timestamp);
        reader.requireWhole(file.entries());
      }
    }
    WriteBatch sides = SideRecordsAsOf.changes(store, timestamp);
    if (!sides.isEmpty()) {
      LogPosition applied = store.applied();
      store.apply(new LogPosition(applied.term(), applied.index() + 1), sides);
    }
    store.checkpoint();
  }

  /** Adds up what was read. */
  private static final class Read implements LongConsumer {
    private final Journal.Progress progress;
    private final long all;
    private long done;

    Read(Journal.Progress progress, long all) {
      this.progress = progress;
      this.all = all;
    }

    @Override
    public void accept(long bytes) {
      done += bytes;
      progress.at(done, all);
    }
  }
}

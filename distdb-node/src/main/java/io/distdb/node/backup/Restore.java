// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
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
import io.distdb.sharding.replica.PointInTimeReplay;
import io.distdb.sharding.replica.SideRecordsAsOf;
import java.util.Optional;
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
   * Restores a backup, with those that it continues, and with the archive of the log.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}, {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: there
   *     is no backup, an interrupted one, or not all that it continues; {@code DATA_CORRUPTED},
   *     naming file and offset, or the indexes that are missing; {@code INCOMPATIBLE_FORMAT};
   *     {@code DUPLICATE_FILE}: the target is not empty; {@code INVALID_PARAMETER_VALUE}: the
   *     wanted timestamp is below or above what there is; {@code CONFIGURATION_ERROR}: no such
   *     engine, or the archive of another database. In all these cases nothing was changed. {@code
   *     DISK_FULL}, {@code IO_ERROR}: the target is left as an interrupted restore
   */
  public RestoreReport run(RestoreRequest request) {
    long began = clock.nanoTime();
    BytesRead read = new BytesRead(progress);
    RestorePlan plan = RestorePlan.of(request, read);
    DirectoryLayout layout =
        new DirectoryLayout(
            request.engine(), Optional.empty(), Long.toHexString(clock.wallMicros()));
    StorageProviders.installed().named(request.engine());
    BackupManifest manifest = plan.chain().last().manifest();
    Replayed replayed;
    try (RestoredDirectory directory = RestoredDirectory.begin(request.target(), layout, HOLDER)) {
      try (StorageEngine engine = open(directory, request)) {
        replayed = fill(engine.store(ShardId.SYSTEM), plan, read);
      }
      directory.complete();
    }
    long timestamp =
        plan.newest() == Timestamp.LATEST
            ? Math.max(manifest.timestamp(), replayed.newest)
            : plan.newest();
    RestoreReport report =
        new RestoreReport(manifest, timestamp, replayed.commits, clock.nanoTime() - began);
    LOG.info(
        "restored backup {} as of {} into {}, {} commits from the log, {} s",
        manifest.id(),
        Timestamp.toInstant(timestamp),
        request.target().location(),
        report.commits(),
        report.nanos() / 1_000_000 / 1e3);
    return report;
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

  /** What came from the log. */
  private record Replayed(long newest, long commits) {}

  private Replayed fill(Store store, RestorePlan plan, BytesRead read) {
    BackupChain.Link full = plan.chain().full();
    for (BackupFile file : full.manifest().files()) {
      try (BackupFileReader reader = new BackupFileReader(full.disk(), file, read)) {
        store.restore(reader.name(), () -> reader, plan.newest());
        reader.requireWhole(file.entries());
      }
    }
    Replayed replayed = replay(store, plan, read);
    WriteBatch sides = SideRecordsAsOf.changes(store, plan.newest());
    if (!sides.isEmpty()) {
      LogPosition applied = store.applied();
      store.apply(new LogPosition(applied.term(), applied.index() + 1), sides);
    }
    store.checkpoint();
    return replayed;
  }

  private Replayed replay(Store store, RestorePlan plan, BytesRead read) {
    PointInTimeReplay replay = new PointInTimeReplay(store, clock, plan.newest());
    for (BackupChain.Link link : plan.chain().incremental()) {
      for (BackupFile file : link.manifest().files()) {
        read.accept(
            new BackupLog(link, file)
                .read(entry -> replay.take(entry.position(), entry.payload()))
                .bytes());
      }
    }
    plan.tail()
        .ifPresent(
            tail -> tail.read(entry -> replay.take(entry.position(), entry.payload()), read));
    replay.end();
    return new Replayed(replay.newestSeen(), replay.commits());
  }
}

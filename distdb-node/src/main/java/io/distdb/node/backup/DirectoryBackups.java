// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.backup.Backups;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.ProductVersion;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups as directories of files. */
public final class DirectoryBackups implements Backups {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryBackups.class);

  private final Source source;
  private final TransactionManager transactions;
  private final BackupPlaces places;
  private final Scheduler scheduler;
  private final Clock clock;
  private final long bytesPerSecond;

  /**
   * What backups are of.
   *
   * @param database tells its identity, which may have to be written first
   * @param engine its storage engine
   * @param directory its data directory; empty for one in memory, or on a simulated disk
   */
  public record Source(Supplier<String> database, String engine, Optional<Path> directory) {}

  /**
   * @param bytesPerSecond what a backup may write; 0: no limit
   */
  public DirectoryBackups(
      Source source,
      TransactionManager transactions,
      BackupPlaces places,
      Scheduler scheduler,
      Clock clock,
      long bytesPerSecond) {
    this.source = source;
    this.transactions = transactions;
    this.places = places;
    this.scheduler = scheduler;
    this.clock = clock;
    this.bytesPerSecond = bytesPerSecond;
  }

  @Override
  public BackupReport take(BackupRequest request) {
    if (request.parent().isPresent()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "incremental backups are not supported yet")
          .withHint("Leave INCREMENTAL FROM out.");
    }
    long began = clock.nanoTime();
    try (BackupTarget target =
        BackupTarget.take(places.at(request.directory()), source.directory())) {
      BackupManifest manifest = fill(target, request);
      BackupReport report = report(manifest, clock.nanoTime() - began);
      log(target.disk(), report);
      return report;
    }
  }

  /** After an error nothing of it is left, or something that no restore takes for a backup. */
  private BackupManifest fill(BackupTarget target, BackupRequest request) {
    try {
      BackupManifest manifest = write(target.disk(), request);
      manifest.write(target.disk());
      return manifest;
    } catch (RuntimeException | Error problem) {
      target.clear(problem);
      throw problem;
    }
  }

  private BackupManifest write(Disk disk, BackupRequest request) {
    Pace pace = new Pace(bytesPerSecond, clock, scheduler);
    try (FullBackup full = new FullBackup(disk, pace, request.watch()::at)) {
      FullBackup.Written written = full.write(transactions, request.compression());
      // The names of the files are durable before the manifest's is.
      disk.forceDirectory("");
      return new BackupManifest(
              "",
              Optional.empty(),
              source.database().get(),
              source.engine(),
              ProductVersion.text(),
              written.content().timestamp(),
              written.content().position(),
              request.compression(),
              List.of(written.file()))
          .withId();
    }
  }

  private static BackupReport report(BackupManifest manifest, long nanos) {
    return new BackupReport(
        manifest.id(),
        manifest.isIncremental(),
        manifest.timestamp(),
        manifest.position(),
        manifest.files().stream().mapToLong(BackupFile::entries).sum(),
        manifest.bytes(),
        nanos);
  }

  private static void log(Disk disk, BackupReport report) {
    LOG.info(
        "backup {} in {}: as of {}, log index {}, {} entries, {} bytes, {} s",
        report.id(),
        disk.location(),
        report.timestamp(),
        report.position().index(),
        report.entries(),
        report.bytes(),
        report.nanos() / 1_000_000 / 1e3);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.backup.BackupReport;
import io.distdb.api.backup.BackupRequest;
import io.distdb.api.backup.Backups;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.ProductVersion;
import io.distdb.node.archive.Pace;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.function.Supplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Backups as directories of files. */
public final class DirectoryBackups implements Backups, Metered {
  private static final Logger LOG = LoggerFactory.getLogger(DirectoryBackups.class);

  private final Source source;
  private final TransactionManager transactions;
  private final BackupPlaces places;
  private final Scheduler scheduler;
  private final Clock clock;
  private final Limits limits;
  private final BackupCounters counters = new BackupCounters();

  /**
   * What backups are of.
   *
   * @param database tells its identity, which may have to be written first
   * @param engine its storage engine
   * @param directory its data directory; empty for one in memory, or on a simulated disk
   * @param log what incremental backups are made of; empty for a database in memory
   * @param replicated whether it is a member of a cluster, whose journal is not the log that was
   *     agreed upon
   */
  public record Source(
      Supplier<String> database,
      String engine,
      Optional<Path> directory,
      Optional<LiveLog> log,
      boolean replicated) {}

  /**
   * What a backup may take of the machine.
   *
   * @param bytesPerSecond that it writes; 0: no limit
   * @param sharePercent of its time that it works while others commit, from 1 to 100
   */
  public record Limits(long bytesPerSecond, int sharePercent) {}

  public DirectoryBackups(
      Source source,
      TransactionManager transactions,
      BackupPlaces places,
      Scheduler scheduler,
      Clock clock,
      Limits limits) {
    this.source = source;
    this.transactions = transactions;
    this.places = places;
    this.scheduler = scheduler;
    this.clock = clock;
    this.limits = limits;
  }

  @Override
  public List<Metric> metrics() {
    return counters.metrics();
  }

  @Override
  public BackupReport take(BackupRequest request) {
    counters.began();
    BackupReport report = null;
    try {
      report = write(request);
      return report;
    } finally {
      if (report == null) {
        counters.failed();
      } else {
        counters.took(report);
      }
    }
  }

  private BackupReport write(BackupRequest request) {
    BackupRequest polite = request.withWatch(courtesy(request.watch()));
    long began = clock.nanoTime();
    Optional<BackupManifest> parent = request.parent().map(this::parent);
    try (BackupTarget target =
        BackupTarget.take(places.at(request.directory()), source.directory())) {
      BackupManifest manifest = fill(target, polite, parent);
      BackupReport report = report(manifest, clock.nanoTime() - began);
      log(target.disk(), report);
      return report;
    }
  }

  private Courtesy courtesy(BackupRequest.Watch watch) {
    return new Courtesy(
        watch, transactions.timestamps()::current, limits.sharePercent(), clock, scheduler);
  }

  /** The earlier backup that this one continues. */
  private BackupManifest parent(String directory) {
    if (source.replicated()) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED,
              "an incremental backup of a member of a cluster is not supported yet")
          .withHint("Take a full backup.");
    }
    Disk place = places.at(directory);
    BackupManifest parent = BackupManifest.read(place);
    incremental().requireContinues(parent, place, source.database().get());
    return parent;
  }

  private IncrementalBackup incremental() {
    LiveLog log =
        source
            .log()
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
                        "a database in memory has no log that could continue a backup")
                    .withHint("Take a full backup."));
    return new IncrementalBackup(log, transactions);
  }

  /** After an error nothing of it is left, or something that no restore takes for a backup. */
  private BackupManifest fill(
      BackupTarget target, BackupRequest request, Optional<BackupManifest> parent) {
    try {
      BackupManifest manifest =
          parent.isPresent()
              ? writeLog(target.disk(), request, parent.get())
              : write(target.disk(), request);
      manifest.write(target.disk());
      return manifest;
    } catch (RuntimeException | Error problem) {
      target.clear(problem);
      throw problem;
    }
  }

  private BackupManifest write(Disk disk, BackupRequest request) {
    Pace pace = new Pace(limits.bytesPerSecond(), clock, scheduler);
    try (FullBackup full = new FullBackup(disk, pace, request.watch()::at)) {
      FullBackup.Written written = full.write(transactions, request.compression());
      return manifest(
          disk,
          request,
          Optional.empty(),
          written.content().timestamp(),
          written.content().position(),
          written.file());
    }
  }

  private BackupManifest writeLog(Disk disk, BackupRequest request, BackupManifest parent) {
    Pace pace = new Pace(limits.bytesPerSecond(), clock, scheduler);
    IncrementalBackup.Written written =
        incremental().write(disk, parent, request.compression(), pace, request.watch()::at);
    return manifest(
        disk,
        request,
        Optional.of(parent.id()),
        written.timestamp(),
        written.position(),
        written.file());
  }

  private BackupManifest manifest(
      Disk disk,
      BackupRequest request,
      Optional<String> parent,
      long timestamp,
      LogPosition position,
      BackupFile file) {
    // The names of the files are durable before the manifest's is.
    disk.forceDirectory("");
    return new BackupManifest(
            "",
            parent,
            source.database().get(),
            source.engine(),
            ProductVersion.text(),
            timestamp,
            position,
            request.compression(),
            List.of(file))
        .withId();
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

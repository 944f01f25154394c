// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Transport;
import io.distdb.node.backup.BackupPlaces;
import io.distdb.node.config.Config;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DirectoryLayout.JournalPlace;
import io.distdb.storage.memory.disk.FileDisk;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Objects;
import java.util.Optional;

/**
 * What a node runs in: the machine, or a simulation of one.
 *
 * @param disk the data directory; empty for a database in memory
 * @param journal a directory for the journal alone; empty: within the data directory
 * @param holder who opens it, as told to those who find it locked
 * @param progress told how far recovery has come
 * @param places where backups go
 * @param transport to the other nodes of a cluster, not started, and closed by whoever made it;
 *     empty: over the network, as the configuration says
 * @param watch told what the start waits for
 * @param build what the node knows
 */
public record Surroundings(
    Clock clock,
    Scheduler scheduler,
    Optional<Disk> disk,
    Optional<JournalPlace> journal,
    String holder,
    Journal.Progress progress,
    BackupPlaces places,
    Optional<Transport> transport,
    StartWatch watch,
    Build build) {
  public Surroundings {
    Objects.requireNonNull(clock, "clock");
    Objects.requireNonNull(scheduler, "scheduler");
    Objects.requireNonNull(disk, "disk");
    Objects.requireNonNull(journal, "journal");
    Objects.requireNonNull(holder, "holder");
    Objects.requireNonNull(progress, "progress");
    Objects.requireNonNull(places, "places");
    Objects.requireNonNull(transport, "transport");
    Objects.requireNonNull(watch, "watch");
    Objects.requireNonNull(build, "build");
  }

  /** Those of a node of this build. */
  public Surroundings(
      Clock clock,
      Scheduler scheduler,
      Optional<Disk> disk,
      Optional<JournalPlace> journal,
      String holder,
      Journal.Progress progress,
      BackupPlaces places,
      Optional<Transport> transport,
      StartWatch watch) {
    this(
        clock, scheduler, disk, journal, holder, progress, places, transport, watch, Build.CURRENT);
  }

  /** Those of a node that needs no others, or finds them over the network. */
  public Surroundings(
      Clock clock,
      Scheduler scheduler,
      Optional<Disk> disk,
      Optional<JournalPlace> journal,
      String holder,
      Journal.Progress progress,
      BackupPlaces places) {
    this(
        clock,
        scheduler,
        disk,
        journal,
        holder,
        progress,
        places,
        Optional.empty(),
        StartWatch.SILENT);
  }

  /**
   * This machine, and the directories that {@code config} names. The storage engine's libraries
   * begin to load meanwhile.
   */
  public static Surroundings system(Config config) {
    Scheduler scheduler = Scheduler.threads();
    StorageProviders.prepare(config.storage(), scheduler);
    return new Surroundings(
        Clock.system(),
        scheduler,
        config.directory().map(directory -> new FileDisk(directory, Clock.system())),
        config.walDirectory().map(Surroundings::journalPlace),
        "a program with DistDB embedded",
        Journal.Progress.SILENT,
        Surroundings::place);
  }

  /** A directory that somebody names; a relative path is below that of the process. */
  public static Disk place(String path) {
    if (path.isBlank()) {
      throw new DistDbException(ErrorCode.INVALID_NAME, "the name of a directory is empty")
          .withHint("Give its path; \".\" is the current directory.");
    }
    try {
      return new FileDisk(Path.of(path), Clock.system());
    } catch (InvalidPathException wrong) {
      throw new DistDbException(
          ErrorCode.INVALID_NAME, "\"" + path + "\" is no path of a directory", wrong);
    }
  }

  private static JournalPlace journalPlace(Path directory) {
    FileDisk disk = new FileDisk(directory, Clock.system());
    return new JournalPlace(disk, disk.location());
  }

  public Surroundings withHolder(String newHolder) {
    return new Surroundings(
        clock, scheduler, disk, journal, newHolder, progress, places, transport, watch, build);
  }

  public Surroundings withProgress(Journal.Progress newProgress) {
    return new Surroundings(
        clock, scheduler, disk, journal, holder, newProgress, places, transport, watch, build);
  }

  public Surroundings withTransport(Transport newTransport) {
    return new Surroundings(
        clock,
        scheduler,
        disk,
        journal,
        holder,
        progress,
        places,
        Optional.of(newTransport),
        watch,
        build);
  }

  /** Tells {@code another} too what the start waits for. */
  public Surroundings withWatch(StartWatch another) {
    return new Surroundings(
        clock,
        scheduler,
        disk,
        journal,
        holder,
        progress,
        places,
        transport,
        watch.and(another),
        build);
  }

  /** A node that knows other versions. */
  public Surroundings withBuild(Build another) {
    return new Surroundings(
        clock, scheduler, disk, journal, holder, progress, places, transport, watch, another);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.archive;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Copies a shard's log from the journal to an archive while the database runs, in a thread of its
 * own: when a file's worth is there, and at the latest one interval after a commit.
 *
 * <p>The journal keeps what is not archived yet: a hold on it moves on only when a file is whole,
 * on the disk and durable in its directory. So an archive that fails costs nobody a commit; the
 * journal grows until the archive works again, and nothing is missing then. What failed last is in
 * the counters, and logged when it changes.
 *
 * <p>A file says which timestamp is settled with it ({@link LogFileWriter#finish}): it is asked for
 * before the log's end is, so all its commits are below that end.
 */
public final class Archiver implements Metered, AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Archiver.class);
  private static final long RETRY_NANOS_MAX = 10_000_000_000L;

  private final Journal journal;
  private final ArchiveDirectory archive;
  private final ArchivedLog log;
  private final Scheduler scheduler;
  private final Clock clock;
  private final ArchiveOptions options;
  private final Waiter waiter;
  private Pace pace;
  private final ArchiveCounters counters = new ArchiveCounters();

  private Journal.Retention retention;
  private Scheduler.Task task;
  private long archivedIndex;
  private long settled;
  private volatile long writtenOffset;
  private volatile long archivedOffset;
  private volatile boolean idle;
  private volatile boolean stopped;
  private boolean closing;

  /** Does nothing until it is started. */
  public Archiver(
      Journal journal,
      ArchiveDirectory archive,
      ArchivedLog log,
      Scheduler scheduler,
      Clock clock,
      ArchiveOptions options) {
    this.journal = journal;
    this.archive = archive;
    this.log = log;
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    this.waiter = scheduler.newWaiter();
    this.pace = new Pace(options.bytesPerSecond(), clock, scheduler);
  }

  /**
   * Goes on where the archive ends, or, when the journal no longer has that, where the journal
   * begins: then a warning is logged, since no backup from before can be brought past the gap.
   * Called once, when the journal is recovered and applied, before the first purge.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}: the archive is ahead of the journal
   */
  public void start() {
    retention = journal.retain(log.shard(), 0);
    long applied = log.applied();
    Optional<Long> last = archive.lastIndex(log.shard());
    if (last.isPresent() && last.get() > applied) {
      retention.close();
      throw new DistDbException(
              ErrorCode.CONFIGURATION_ERROR,
              "the archive in "
                  + archive.location()
                  + " has the log through index "
                  + last.get()
                  + ", but the database ends at index "
                  + applied)
          .withHint(
              "The data directory is older than its archive, as an old copy is. Give another"
                  + " archive_dir, or restore from the archive.");
    }
    OptionalLong oldest = journal.oldestIndex(log.shard());
    long before = oldest.isPresent() ? oldest.getAsLong() - 1 : applied;
    archivedIndex = Math.max(last.orElse(0L), before);
    if (last.isPresent() && before > last.get()) {
      LOG.warn(
          "the archive in {} lacks the log from index {} to {}, which the journal has purged while"
              + " nothing was archived: take a full backup",
          archive.location(),
          last.get() + 1,
          before);
    }
    retention.advance(archivedIndex);
    counters.archivedThrough(archivedIndex);
    journal.onWritten(this::written);
    writtenOffset = journal.endOffset();
    archivedOffset = archivedIndex == applied ? writtenOffset : 0;
    task = scheduler.start("distdb-archive-" + log.shard(), this::run);
  }

  /** Quick: called by whoever wrote to the journal. */
  private void written(long offset) {
    writtenOffset = offset;
    if (idle || offset - archivedOffset >= options.fileBytes()) {
      waiter.signal();
    }
  }

  private void run() {
    while (awaitWork()) {
      if (!archiveLogged()) {
        awaitNanos(Math.min(options.intervalNanos(), RETRY_NANOS_MAX));
      }
    }
  }

  /** Waits until there is enough, or something for long enough; false: it is over. */
  private boolean awaitWork() {
    idle = true;
    while (!stopped && writtenOffset <= archivedOffset) {
      waiter.awaitUninterruptibly(Waiter.FOREVER);
    }
    idle = false;
    long until = clock.nanoTime() + options.intervalNanos();
    long left = options.intervalNanos();
    while (!stopped && left > 0 && writtenOffset - archivedOffset < options.fileBytes()) {
      waiter.awaitUninterruptibly(left);
      left = until - clock.nanoTime();
    }
    return !stopped;
  }

  private void awaitNanos(long nanos) {
    long until = clock.nanoTime() + nanos;
    for (long left = nanos; !stopped && left > 0; left = until - clock.nanoTime()) {
      waiter.awaitUninterruptibly(left);
    }
  }

  private boolean archiveLogged() {
    try {
      archive();
      if (counters.succeeded()) {
        LOG.info("the archive in {} works again", archive.location());
      }
      return true;
    } catch (DistDbException failure) {
      boolean interrupted = stopped && !closing;
      if (!interrupted && counters.failed(failure.getMessage())) {
        LOG.warn(
            "the log cannot be archived, so the journal keeps it; to be tried again: {}",
            failure.getMessage());
      }
      return false;
    }
  }

  /** Everything that is applied by now; then the journal may let go of it. */
  private void archive() {
    long nowSettled = log.settled();
    long offset = writtenOffset;
    long through = log.applied();
    if (through > archivedIndex) {
      if (journal.durability() != Durability.SYNC) {
        journal.forceToDisk(journal.endOffset());
      }
      while (archivedIndex < through) {
        archiveFile(through, nowSettled);
      }
      journal.purge(Map.of());
    }
    settled = nowSettled;
    archivedOffset = offset;
  }

  private void archiveFile(long through, long nowSettled) {
    try (ArchiveDirectory.Growing file =
        archive.begin(
            log.shard(), archivedIndex, bytes -> pace.spend(bytes, this::endWhenStopped))) {
      copy(file, through);
      boolean last = file.last().index() == through;
      LogFileReader.Content content = file.keep(last ? nowSettled : settled);
      archivedIndex = content.last().index();
      retention.advance(archivedIndex);
      counters.archived(content);
    }
  }

  /** What is written at a pace when the archiver is to end is written again, as fast as can be. */
  private void endWhenStopped() {
    if (stopped && !closing) {
      throw new DistDbException(ErrorCode.SHUTTING_DOWN, "the archiver ends");
    }
  }

  private void copy(ArchiveDirectory.Growing file, long through) {
    try {
      journal.read(log.shard(), archivedIndex, through, entry -> add(file, entry));
    } catch (FileFull enough) {
      // The rest goes into the next one.
    }
  }

  private void add(ArchiveDirectory.Growing file, JournalRecord.Recovered entry) {
    file.add(entry);
    if (file.bytes() >= options.fileBytes()) {
      throw FileFull.INSTANCE;
    }
  }

  /** Ends the reading of the journal. */
  private static final class FileFull extends RuntimeException {
    private static final long serialVersionUID = 1;
    private static final FileFull INSTANCE = new FileFull();

    private FileFull() {
      super("the file is full", null, false, false);
    }
  }

  public ArchiveCounters counters() {
    return counters;
  }

  @Override
  public List<Metric> metrics() {
    return counters.metrics();
  }

  /**
   * Archives what is left, when that works, and ends. The journal is still open, and nobody writes
   * to it any more. May be called twice.
   */
  @Override
  public void close() {
    if (stopped || task == null) {
      return;
    }
    stopped = true;
    waiter.signal();
    task.join();
    closing = true;
    pace = new Pace(0, clock, scheduler);
    archiveLogged();
    retention.close();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;
import java.util.function.LongConsumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A journal in preallocated segment files, with group commit.
 *
 * <p>{@code append} encodes a record into memory, in its final place and with its final checksum,
 * within a short lock; it touches the disk only to reserve space, never forces, and so refuses a
 * full disk before anything of the record is written. {@code force} writes all that is pending with
 * one system call and forces it with another: the first who comes does it for everybody (see {@link
 * ForceQueue}), while appends go on. Under {@code NONE} and {@code INTERVAL} {@code force} only
 * writes, 0.4 us here: what it acknowledges is with the operating system, so a killed process loses
 * none of it.
 *
 * <p>Preallocation: overwriting zeros changes no file size and no block map, so fdatasync writes
 * the data alone (132 us against 173 us of a growing file, on the machine of docs/benchmarks.md).
 * Zeros are written ahead in steps that double, 256 KiB to 4 MiB, so a small database has small
 * files. Purged segments are used again as they are. What they still hold is never taken for new:
 * the checksum of a record is bound to its segment's epoch and its offset.
 *
 * <p>Crashes: see {@link JournalRecovery} for what is cut and what is refused, {@link SegmentFiles}
 * for the order of renames.
 *
 * <p>Threads: the lock guards the list of segments, the buffer and the queue; nothing within it
 * waits or forces. See {@link GroupCommit} for who writes.
 */
public final class SegmentedJournal implements Journal {
  private static final Logger LOG = LoggerFactory.getLogger(SegmentedJournal.class);

  private final Clock clock;
  private final JournalOptions options;

  private final ReentrantLock lock = new ReentrantLock();
  private final SegmentFiles files;
  private final SegmentChain chain;
  private final RetainedEntries entries;
  private final ForceCounters forces;
  private final GroupCommit commit;
  private final Keeper keeper;
  private final boolean needsKeeping;

  private final JournalState state;
  private boolean purging;
  private long lastMarkEnd;
  private long lastSeenEnd;

  /** A journal in the directory {@code disk}, which it has to itself. Touches nothing yet. */
  public SegmentedJournal(Disk disk, Scheduler scheduler, Clock clock, JournalOptions options) {
    this(disk, scheduler, clock, options, ChecksumCheck.EQUAL);
  }

  SegmentedJournal(
      Disk disk,
      Scheduler scheduler,
      Clock clock,
      JournalOptions options,
      ChecksumCheck checksums) {
    this.state = new JournalState(disk.location());
    this.clock = clock;
    this.options = options;
    this.files = new SegmentFiles(disk, options, checksums);
    this.chain = new SegmentChain(files, options);
    this.entries = new RetainedEntries(lock, files, chain);
    this.forces = new ForceCounters(clock);
    SegmentWriter writer = new SegmentWriter(files, forces);
    this.commit = new GroupCommit(lock, state, chain, writer, scheduler, this::written);
    long period =
        options.durability() == Durability.INTERVAL
            ? options.intervalNanos()
            : options.idleMarkNanos();
    this.needsKeeping = options.durability() != Durability.NONE && period != Long.MAX_VALUE;
    this.keeper = new Keeper(scheduler, period, this::look);
  }

  @Override
  public Recovery recover(Consumer<JournalRecord> visitor, Progress progress) {
    state.requireNew();
    long start = clock.nanoTime();
    JournalRecovery.Found found =
        new JournalRecovery(files, chain.live(), visitor, progress).read();
    int segments = found.segments().size();
    boolean begun = false;
    try {
      begin(chain.begin(found));
      begun = true;
    } finally {
      if (!begun) {
        found.segments().forEach(segment -> segment.file.close());
      }
    }
    return new Recovery(
        found.records(),
        found.bytes(),
        segments,
        found.tornBytes(),
        found.closedCleanly(),
        clock.nanoTime() - start);
  }

  private void begin(Segment first) {
    commit.begin(first);
    lastMarkEnd = commit.forcedOffset();
    files.keepReserve();
    state.open();
  }

  @Override
  public long append(JournalRecord record) {
    int payloadBytes = RecordFormat.payloadBytes(record);
    lock.lock();
    try {
      state.requireOpen();
      chain.append(record, payloadBytes, commit.forcedOffset());
      return chain.endOffset();
    } catch (DistDbException refused) {
      throw state.failUnlessFull(refused);
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void force(long offset) {
    commit.force(offset, options.durability() == Durability.SYNC);
  }

  @Override
  public void forceToDisk(long offset) {
    commit.force(offset, true);
  }

  private void written() {
    if (needsKeeping) {
      keeper.need();
    }
  }

  /** Looked at once a period: forces what waits for the interval, and marks an idle end. */
  private boolean look() {
    long end;
    boolean quiet;
    boolean marked;
    lock.lock();
    try {
      if (!state.isOpen()) {
        return false;
      }
      end = chain.endOffset();
      quiet = end == lastSeenEnd;
      marked = end == lastMarkEnd;
      lastSeenEnd = end;
    } finally {
      lock.unlock();
    }
    try {
      forceToDisk(end);
      if (quiet && !marked) {
        mark();
      }
      return !quiet;
    } catch (DistDbException stopped) {
      LOG.warn("the journal's end could not be forced and marked: {}", stopped.getMessage());
      return false;
    }
  }

  /** Writes a closing mark, unless there is something new that is not forced. */
  private void mark() {
    long end;
    lock.lock();
    try {
      state.requireOpen();
      if (chain.endOffset() != commit.forcedOffset()) {
        return;
      }
      chain.appendClosingMark(commit.forcedOffset());
      end = chain.endOffset();
      lastMarkEnd = end;
    } catch (DistDbException refused) {
      throw state.failUnlessFull(refused);
    } finally {
      lock.unlock();
    }
    forceToDisk(end);
  }

  @Override
  public long forcedOffset() {
    return commit.forcedOffset();
  }

  @Override
  public long endOffset() {
    lock.lock();
    try {
      return chain.endOffset();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public long retainedBytes() {
    lock.lock();
    try {
      return chain.retainedBytes();
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void purge(Map<ShardId, LogPosition> covered) {
    try {
      purgeOnce(covered);
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.DISK_FULL || !files.releaseReserve()) {
        throw refused;
      }
      purgeOnce(covered);
    }
    files.keepReserve();
  }

  private void purgeOnce(Map<ShardId, LogPosition> covered) {
    List<Segment> doomed;
    long end;
    int kept;
    lock.lock();
    try {
      state.requireOpen();
      if (purging) {
        return;
      }
      doomed = chain.startPurge(covered, commit.forcedOffset());
      end = chain.endOffset();
      kept = files.freeWanted();
      purging = !doomed.isEmpty();
    } catch (DistDbException refused) {
      throw state.failUnlessFull(refused);
    } finally {
      lock.unlock();
    }
    if (!doomed.isEmpty()) {
      retire(doomed, end, kept);
    }
  }

  /** Oldest first and one by one, so that a crash never leaves a gap between segments. */
  private void retire(List<Segment> doomed, long carriedEnd, int kept) {
    try {
      forceToDisk(carriedEnd);
      for (int i = 0; i < doomed.size(); i++) {
        String freeName = files.retire(doomed.get(i), i < kept);
        lock.lock();
        try {
          chain.endPurge(freeName);
        } finally {
          lock.unlock();
        }
      }
    } catch (DistDbException cause) {
      commit.fail(cause);
      throw cause;
    } finally {
      lock.lock();
      try {
        purging = false;
      } finally {
        lock.unlock();
      }
    }
  }

  @Override
  public Retention retain(ShardId group, long index) {
    return entries.retain(group, index);
  }

  @Override
  public OptionalLong oldestIndex(ShardId group) {
    return entries.oldest(group);
  }

  @Override
  public void read(
      ShardId group, long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    entries.read(group, above, through, commit.forcedOffset(), visitor);
  }

  @Override
  public void onWritten(LongConsumer listener) {
    commit.onWritten(listener);
  }

  @Override
  public List<Metric> metrics() {
    List<Metric> metrics = new ArrayList<>(forces.metrics());
    metrics.add(
        Metric.gauge(
            "journal.retained",
            "bytes",
            "Bytes of segments that no checkpoint covers yet.",
            this::retainedBytes));
    return metrics;
  }

  @Override
  public Durability durability() {
    return options.durability();
  }

  @Override
  public void close() {
    keeper.stop();
    boolean clean = false;
    try {
      clean = forceAndMark();
    } finally {
      lock.lock();
      try {
        if (state.close()) {
          chain.close(clean);
        }
      } finally {
        lock.unlock();
      }
    }
  }

  private boolean forceAndMark() {
    if (!isOpen()) {
      return false;
    }
    forceToDisk(endOffset());
    try {
      mark();
      return true;
    } catch (DistDbException refused) {
      LOG.warn("the journal was closed without a mark: {}", refused.getMessage());
      return false;
    }
  }

  private boolean isOpen() {
    lock.lock();
    try {
      return state.isOpen();
    } finally {
      lock.unlock();
    }
  }
}

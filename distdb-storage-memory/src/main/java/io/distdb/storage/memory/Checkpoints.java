// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.snapshot.SnapshotCounts;
import io.distdb.storage.memory.snapshot.SnapshotDirectory;
import java.util.Optional;
import java.util.OptionalInt;
import java.util.concurrent.locks.Lock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The snapshots of one shard: taken, loaded, reported. One thread at a time. */
final class Checkpoints {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpoints.class);
  private static final String DIRECTORY_PREFIX = "shard-";

  private final ShardId shard;
  private final SnapshotDirectory directory;
  private final Clock clock;
  private final CheckpointCounters counters;
  private LogPosition held;

  private Checkpoints(
      ShardId shard, SnapshotDirectory directory, Clock clock, CheckpointCounters counters) {
    this.shard = shard;
    this.directory = directory;
    this.clock = clock;
    this.counters = counters;
  }

  /** For a shard that has no snapshot yet. No I/O. */
  static Checkpoints empty(
      Disk disk, ShardId shard, Compression compression, Clock clock, CheckpointCounters counters) {
    SnapshotDirectory directory =
        SnapshotDirectory.empty(disk, DIRECTORY_PREFIX + shard, shard, compression);
    return new Checkpoints(shard, directory, clock, counters);
  }

  /** Looks at what the disk has. */
  static Checkpoints open(
      Disk disk, ShardId shard, Compression compression, Clock clock, CheckpointCounters counters) {
    SnapshotDirectory directory =
        SnapshotDirectory.open(disk, DIRECTORY_PREFIX + shard, shard, compression);
    return new Checkpoints(shard, directory, clock, counters);
  }

  /** The shard whose directory has this name, if it is one. */
  static OptionalInt shardOf(String directory) {
    if (!directory.matches(DIRECTORY_PREFIX + "(0|[1-9][0-9]{0,8})")) {
      return OptionalInt.empty();
    }
    return OptionalInt.of(Integer.parseInt(directory.substring(DIRECTORY_PREFIX.length())));
  }

  /**
   * Reads the newest snapshot; empty when there is none. It does not count as held: its name may
   * not be durable, so the first checkpoint of a process writes another before the log is purged.
   */
  Optional<StoreContent> load(Scheduler scheduler, Journal.Progress progress) {
    long begin = clock.nanoTime();
    StoreContent content = new StoreContent();
    Optional<SnapshotCounts> counts = directory.load(scheduler, progress, content);
    if (counts.isEmpty()) {
      return Optional.empty();
    }
    forget();
    report("read", content.position(), counts.get(), begin);
    return Optional.of(content);
  }

  /** Whether the newest snapshot is of this position. */
  boolean holds(LogPosition position) {
    return position.equals(held) || held == null && position.equals(LogPosition.START);
  }

  /** No snapshot is known to hold the content, whatever its position says. */
  void forget() {
    held = new LogPosition(Long.MAX_VALUE, Long.MAX_VALUE);
  }

  void write(Capture capture, Lock lock, Runnable goOn) {
    long begin = clock.nanoTime();
    SnapshotCounts counts =
        directory.write(
            capture.position(),
            counters.pace()::movedThenWait,
            writer -> {
              capture.writeTo(writer, lock, goOn);
              goOn.run();
            });
    held = capture.position();
    counters.wrote(counts, clock.nanoTime() - begin);
    report("wrote", capture.position(), counts, begin);
  }

  private void report(String verb, LogPosition position, SnapshotCounts counts, long begin) {
    if (LOG.isInfoEnabled()) {
      double seconds = (clock.nanoTime() - begin) / 1e9;
      LOG.info(
          "{} the snapshot of shard {} at index {}: {} rows in {} indexes, {} versions, {} side"
              + " records, {} bytes, {} s",
          verb,
          shard,
          position.index(),
          counts.keys(),
          counts.indexes(),
          counts.versions(),
          counts.sides(),
          counts.bytes(),
          String.format("%.3f", seconds));
    }
  }
}

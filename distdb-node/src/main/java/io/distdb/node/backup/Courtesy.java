// SPDX-License-Identifier: MIT
package io.distdb.node.backup;

import io.distdb.api.backup.BackupRequest;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.function.LongSupplier;

/**
 * Lets a backup give way to those who commit. After a piece that others committed during, it pauses
 * for as long as makes the piece's time its share of the whole; while nobody commits it never does.
 * So what writers lose of processors and disk is bounded by the share, whatever a piece costs: a
 * limit in bytes alone would be another one for each engine and compression.
 *
 * <p>Used by the thread that writes.
 */
final class Courtesy implements BackupRequest.Watch {
  private static final int PERCENT = 100;
  private static final long LOOK_NANOS = 50_000_000;
  private static final long PAUSE_NANOS_MIN = 100_000;

  private final BackupRequest.Watch watch;
  private final LongSupplier newestCommit;
  private final int sharePercent;
  private final Clock clock;
  private final Waiter waiter;
  private long lastBytes;
  private long lastCommit;
  private long workBegan;
  private long owedNanos;

  /**
   * @param watch hears what this hears, and at least every 50 ms during a pause
   * @param newestCommit changes when somebody commits
   * @param sharePercent of its time that the backup works while others commit; 100: it never pauses
   */
  Courtesy(
      BackupRequest.Watch watch,
      LongSupplier newestCommit,
      int sharePercent,
      Clock clock,
      Scheduler scheduler) {
    this.watch = watch;
    this.newestCommit = newestCommit;
    this.sharePercent = sharePercent;
    this.clock = clock;
    waiter = scheduler.newWaiter();
    lastCommit = newestCommit.getAsLong();
    workBegan = clock.nanoTime();
  }

  @Override
  public void at(long bytes) {
    watch.at(bytes);
    // The same bytes again: it waits for something else, which is no work.
    if (bytes != lastBytes) {
      lastBytes = bytes;
      long commit = newestCommit.getAsLong();
      if (commit != lastCommit) {
        owedNanos += (clock.nanoTime() - workBegan) * (PERCENT - sharePercent) / sharePercent;
      }
      if (owedNanos >= PAUSE_NANOS_MIN) {
        pause(bytes);
      }
      lastCommit = newestCommit.getAsLong();
    }
    workBegan = clock.nanoTime();
  }

  private void pause(long bytes) {
    long end = clock.nanoTime() + owedNanos;
    owedNanos = 0;
    for (long left = end - clock.nanoTime(); left > 0; left = end - clock.nanoTime()) {
      waiter.await(Math.min(left, LOOK_NANOS));
      watch.at(bytes);
    }
  }
}

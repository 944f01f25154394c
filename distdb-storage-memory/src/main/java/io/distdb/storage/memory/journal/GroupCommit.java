// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Scheduler;
import java.util.List;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.LongConsumer;

/**
 * Writes and forces what was appended, in rounds: the first who comes leads one for everybody, with
 * one system call to write and one to force, while appends go on.
 *
 * <p>Threads: any. The journal's lock guards the chain and the queue; the segment writer belongs to
 * the leader of the round, who holds no lock while the disk works.
 */
final class GroupCommit {
  private final ReentrantLock lock;
  private final JournalState state;
  private final SegmentChain chain;
  private final SegmentWriter writer;
  private final Scheduler scheduler;
  private final Runnable onRound;
  private final ForceQueue queue = new ForceQueue();
  private volatile long writtenOffset;
  private volatile long forcedOffset;
  private volatile LongConsumer onWritten = offset -> {};

  /**
   * @param onRound told after each round, by its leader
   */
  GroupCommit(
      ReentrantLock lock,
      JournalState state,
      SegmentChain chain,
      SegmentWriter writer,
      Scheduler scheduler,
      Runnable onRound) {
    this.lock = lock;
    this.state = state;
    this.chain = chain;
    this.writer = writer;
    this.scheduler = scheduler;
    this.onRound = onRound;
  }

  /** All that the chain has is on the disk; what comes goes on in {@code first}. */
  void begin(Segment first) {
    writer.begin(first);
    writtenOffset = chain.endOffset();
    forcedOffset = writtenOffset;
  }

  long forcedOffset() {
    return forcedOffset;
  }

  /** Told each time how far was written, by the leader of a round before it returns. */
  void onWritten(LongConsumer listener) {
    onWritten = listener;
  }

  /**
   * Returns when all below {@code offset} is written.
   *
   * @param toDisk whether it must be forced as well
   */
  void force(long offset, boolean toDisk) {
    if (isReached(offset, toDisk)) {
      return;
    }
    ForceQueue.Waiting mine = null;
    lock.lock();
    try {
      if (isReached(offset, toDisk)) {
        return;
      }
      state.requireOpen();
      if (!queue.lead()) {
        mine = new ForceQueue.Waiting(offset, toDisk, scheduler.newWaiter());
        queue.add(mine);
      }
    } finally {
      lock.unlock();
    }
    switch (mine == null ? ForceQueue.Turn.LEAD : mine.await()) {
      case LEAD -> leadRound(toDisk);
      case FAILED -> throw state.stopped();
      case DONE, WAITING -> {}
    }
  }

  private boolean isReached(long offset, boolean toDisk) {
    return offset <= (toDisk ? forcedOffset : writtenOffset);
  }

  private void leadRound(boolean leaderWantsDisk) {
    List<AppendBuffer.Extent> batch;
    long end;
    boolean toDisk;
    lock.lock();
    try {
      batch = chain.take();
      end = chain.endOffset();
      toDisk = leaderWantsDisk || queue.wantsDisk();
    } finally {
      lock.unlock();
    }
    try {
      writer.write(batch, toDisk);
    } catch (RuntimeException | Error cause) {
      fail(cause);
      if (cause instanceof DistDbException) {
        throw state.stopped();
      }
      throw cause;
    }
    wake(endRound(batch, end, toDisk));
    onWritten.accept(end);
    onRound.run();
  }

  private List<ForceQueue.Waiting> endRound(
      List<AppendBuffer.Extent> batch, long end, boolean toDisk) {
    lock.lock();
    try {
      chain.giveBack(batch);
      writtenOffset = end;
      long published = writer.current().header.base();
      forcedOffset = toDisk ? end : Math.max(forcedOffset, published);
      return queue.endRound(writtenOffset, forcedOffset);
    } finally {
      lock.unlock();
    }
  }

  /** Stops the journal, and tells all who wait. */
  void fail(Throwable cause) {
    List<ForceQueue.Waiting> waiting;
    lock.lock();
    try {
      state.fail(cause);
      waiting = queue.fail();
    } finally {
      lock.unlock();
    }
    wake(waiting);
  }

  private static void wake(List<ForceQueue.Waiting> waiting) {
    for (ForceQueue.Waiting one : waiting) {
      one.wake();
    }
  }
}

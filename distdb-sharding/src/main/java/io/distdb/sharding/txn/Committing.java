// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Waiter;
import io.distdb.sharding.lock.LockClient;
import java.util.ArrayList;
import java.util.List;

/**
 * A transaction between the mark and the end of its commit: its locks are COMMITTING, its commit
 * timestamp is unknown but at least {@link #leastTimestamp}. Its writes do not change any more.
 */
final class Committing {
  private enum State {
    RUNNING,
    /** In the log; nobody knows when it is applied. */
    STALLED,
    /** Applied, or given up: reads see what there is to see. */
    OVER,
    /** Nobody here will learn what became of it. */
    LOST
  }

  final WriteBuffer writes;
  final long leastTimestamp;

  /** Where {@link CommittingSet} keeps it; -1 before the mark. */
  int slot = -1;

  /** Made when somebody waits. */
  private List<Waiter> waiting = List.of();

  private volatile State state = State.RUNNING;

  Committing(WriteBuffer writes, long leastTimestamp) {
    this.writes = writes;
    this.leastTimestamp = leastTimestamp;
  }

  void over() {
    end(State.OVER);
  }

  /** What it wrote is applied when the disk has room. */
  synchronized void stalled() {
    if (state == State.RUNNING) {
      end(State.STALLED);
    }
  }

  void lost() {
    end(State.LOST);
  }

  private synchronized void end(State end) {
    state = end;
    for (int i = 0; i < waiting.size(); i++) {
      waiting.get(i).signal();
    }
  }

  private synchronized boolean addIfRunning(Waiter waiter) {
    if (state != State.RUNNING) {
      return false;
    }
    if (waiting.isEmpty()) {
      waiting = new ArrayList<>();
    }
    return waiting.add(waiter);
  }

  /**
   * Waits for the end.
   *
   * @throws DistDbException {@code CANNOT_CONNECT_NOW}: it was lost; {@code DISK_FULL}: it is
   *     applied when there is room; or what {@link LockClient#checkWait} throws
   */
  void await(LockClient reader) {
    awaitEnd(reader);
    State end = state;
    if (end == State.STALLED) {
      throw new DistDbException(
              ErrorCode.DISK_FULL,
              "a commit that this read would have to see is in the log, and is applied when the"
                  + " disk has room")
          .withHint("Free space on the disk; other rows can be read meanwhile.");
    }
    if (end == State.LOST) {
      throw new DistDbException(
              ErrorCode.CANNOT_CONNECT_NOW,
              "a commit that this read would have to see has an unknown outcome, and this node no"
                  + " longer leads the shard")
          .withHint("try again on the node that leads, or after this one was restarted");
    }
  }

  /** Waits for the end, good or bad, or for the news that it takes long. */
  void awaitEnd(LockClient client) {
    Waiter waiter = client.waiter();
    boolean runs = addIfRunning(waiter);
    while (runs && state == State.RUNNING) {
      client.checkWait();
      waiter.await(Waiter.FOREVER);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.Invariant;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.concurrent.locks.ReentrantLock;

/** A group that leaves nothing behind: its log is the order in which callers get the lock. */
final class MemoryGroup extends SoloGroup {
  private static final long TERM = 1;

  private final ReentrantLock lock = new ReentrantLock();
  private long lastIndex;

  MemoryGroup(ShardId id, NodeId self, StateMachine machine) {
    super(id, self, machine);
  }

  @Override
  void replay(JournalRecord record) {
    throw Invariant.unreachable("a group without a journal has nothing to replay");
  }

  @Override
  long beginTerm() {
    lastIndex = machine.applied().index();
    applied(machine.applied());
    return 0;
  }

  @Override
  void lead() {
    leadingTerm(TERM);
    machine.leading(TERM);
  }

  @Override
  public Object propose(long term, Command command) {
    lock.lock();
    try {
      requireLeading(term);
      LogPosition position = new LogPosition(term, lastIndex + 1);
      boolean complete = false;
      try {
        Object result = machine.apply(position, command);
        complete = true;
        lastIndex++;
        applied(position);
        return result;
      } finally {
        if (!complete) {
          leadingTerm(NOT_LEADING);
        }
      }
    } finally {
      lock.unlock();
    }
  }

  @Override
  public void compact(LogPosition position) {
    // There is no log to free.
  }

  @Override
  void stop() {
    boolean led;
    lock.lock();
    try {
      led = leadingTerm() != NOT_LEADING;
      leadingTerm(NOT_LEADING);
    } finally {
      lock.unlock();
    }
    if (led) {
      machine.following(TERM);
    }
  }
}

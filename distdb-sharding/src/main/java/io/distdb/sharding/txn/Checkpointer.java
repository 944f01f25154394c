// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.error.DistDbException;
import io.distdb.api.index.Index;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Waiter;
import io.distdb.sharding.replica.ShardReplica;
import io.distdb.sharding.route.Shard;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicBoolean;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Checkpoints, one at a time: by hand, and by itself when enough was applied since the last. A
 * failed one is logged; the next try comes after a quarter as much again.
 *
 * <p>Enough is {@link TransactionLimits#checkpointBytes}, or a quarter of what the data takes in
 * memory when that is more. So opening replays a log that is short beside the data, and a database
 * that grows writes its snapshots, several times smaller than the data, about as fast as its log,
 * not once per fixed step.
 */
final class Checkpointer {
  private static final Logger LOG = LoggerFactory.getLogger(Checkpointer.class);
  private static final int DATA_PART = 4;

  private final TransactionContext context;
  private final AtomicBoolean running = new AtomicBoolean();
  private final ConcurrentLinkedQueue<Waiter> waiting = new ConcurrentLinkedQueue<>();
  private volatile long dueAtBytes;

  Checkpointer(TransactionContext context) {
    this.context = context;
    dueAtBytes = context.limits.checkpointBytes();
  }

  /** Starts one in a thread of its own when it is due and none runs. */
  void startIfDue() {
    if (context.system().replica().appliedBytes() >= dueAtBytes
        && !context.closing()
        && running.compareAndSet(false, true)) {
      context.scheduler.start("distdb-checkpoint-" + context.system().id(), this::runLogged);
    }
  }

  private void runLogged() {
    try {
      run();
    } catch (DistDbException failure) {
      dueAtBytes =
          context.system().replica().appliedBytes() + context.limits.checkpointBytes() / 4 + 1;
      LOG.warn("the checkpoint failed, the earlier one stands; to be tried again", failure);
    } finally {
      release();
    }
  }

  private void run() {
    Shard shard = context.system();
    ShardReplica replica = shard.replica();
    long bytes = replica.appliedBytes();
    LogPosition covered = replica.store().checkpoint();
    shard.group().compact(covered);
    dueAtBytes = bytes + Math.max(context.limits.checkpointBytes(), dataBytes() / DATA_PART);
  }

  private long dataBytes() {
    long bytes = 0;
    for (Index index : context.system().replica().store().indexes()) {
      bytes += index.estimatedBytes();
    }
    return bytes;
  }

  /** Runs one here, after the one that runs. */
  void runNow() {
    acquire();
    try {
      run();
    } finally {
      release();
    }
  }

  /** Waits for the one that runs. */
  void awaitIdle() {
    acquire();
    release();
  }

  private void acquire() {
    while (!running.compareAndSet(false, true)) {
      Waiter waiter = context.scheduler.newWaiter();
      waiting.add(waiter);
      if (running.get()) {
        waiter.awaitUninterruptibly(Waiter.FOREVER);
      }
      waiting.remove(waiter);
    }
  }

  private void release() {
    running.set(false);
    for (Waiter waiter = waiting.poll(); waiter != null; waiter = waiting.poll()) {
      waiter.signal();
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.snapshot;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import java.util.ArrayDeque;

/**
 * Reads, checks and decompresses on a second thread, a few blocks ahead of the consumer: opening is
 * bound by building indexes, and this takes the rest off that thread.
 *
 * <p>Blocks go round between two queues under one lock that is held for a few instructions; each
 * side waits, when it must, on its own {@link Waiter}. A failure ends the queue and is thrown to
 * the consumer where the block would have been.
 */
final class BlocksAhead implements BlockSource {
  private static final int BLOCKS = 16;

  private final BlockReader reader;
  private final Waiter producer;
  private final Waiter consumer;
  private final Scheduler.Task task;
  private final ArrayDeque<Block> full = new ArrayDeque<>(BLOCKS);
  private final ArrayDeque<Block> empty = new ArrayDeque<>(BLOCKS);
  private Throwable failure;
  private boolean closed;
  private Block current;

  BlocksAhead(BlockReader reader, Scheduler scheduler) {
    this.reader = reader;
    producer = scheduler.newWaiter();
    consumer = scheduler.newWaiter();
    for (int i = 0; i < BLOCKS; i++) {
      empty.add(new Block());
    }
    task = scheduler.start("distdb-snapshot-read", this::readAll);
  }

  private void readAll() {
    try {
      byte type = 0;
      while (type != SnapshotFormat.FOOTER) {
        Block block = takeEmpty();
        if (block == null) {
          return;
        }
        reader.fillNext(block);
        type = reader.next().type;
        putFull(block);
      }
    } catch (RuntimeException | Error problem) {
      fail(problem);
    }
  }

  private Block takeEmpty() {
    while (true) {
      synchronized (this) {
        if (closed) {
          return null;
        }
        if (!empty.isEmpty()) {
          return empty.poll();
        }
      }
      producer.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  private void putFull(Block block) {
    boolean wake;
    synchronized (this) {
      wake = full.isEmpty();
      full.add(block);
    }
    if (wake) {
      consumer.signal();
    }
  }

  private void fail(Throwable problem) {
    synchronized (this) {
      failure = problem;
    }
    consumer.signal();
  }

  @Override
  public SnapshotHeader header() {
    return reader.header();
  }

  /** Read only once the footer is here, when the reading thread is done. */
  @Override
  public long bytes() {
    return reader.bytes();
  }

  @Override
  public Block next() {
    giveBack();
    while (true) {
      synchronized (this) {
        if (!full.isEmpty()) {
          current = full.poll();
          return current;
        }
        if (failure instanceof RuntimeException problem) {
          throw problem;
        }
        if (failure instanceof Error problem) {
          throw problem;
        }
      }
      consumer.awaitUninterruptibly(Waiter.FOREVER);
    }
  }

  private void giveBack() {
    if (current == null) {
      return;
    }
    boolean wake;
    synchronized (this) {
      wake = empty.isEmpty();
      empty.add(current);
    }
    current = null;
    if (wake) {
      producer.signal();
    }
  }

  @Override
  public void close() {
    synchronized (this) {
      closed = true;
    }
    producer.signal();
    task.join();
  }
}

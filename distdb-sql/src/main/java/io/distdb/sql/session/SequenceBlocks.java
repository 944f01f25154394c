// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sql.catalog.Sequence;
import io.distdb.sql.catalog.SequencePosition;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Numbers of sequences, out of blocks that the log set aside.
 *
 * <p>Design: a block is reserved by a transaction of its own, which writes where the next block
 * will begin; only when that is committed are its numbers handed out, from memory. So no number is
 * handed out twice, whatever crashes; what is left of a block then is a gap. A sequence that is
 * used much gets larger blocks. Nobody waits for the log with a monitor held: of two threads that
 * find a block empty both reserve, and the second block's rest is a gap too.
 *
 * <p>Nodes of a cluster set aside blocks of their own: a number is handed out once, but numbers of
 * different nodes are not in the order in which they were asked for. setval is announced, and every
 * node forgets its block. What is left of a block is given back only if nobody has set aside
 * numbers behind it. Thread-safe.
 */
final class SequenceBlocks {
  /** As many as PostgreSQL writes ahead. */
  private static final long FIRST_BLOCK = 32;

  private static final long LARGEST_BLOCK = 1024;

  /** Numbers that a transaction sets aside. */
  private record Reserved(SequencePosition first, long count, SequencePosition after) {}

  private final TransactionManager transactions;
  private final Scheduler scheduler;
  private final long database;
  private final boolean inCluster;

  /** By state. */
  private final ConcurrentHashMap<Long, Block> blocks = new ConcurrentHashMap<>();

  /** What is left of a reservation. */
  private static final class Block {
    private Sequence sequence;
    private long next;
    private long left;
    private long size;

    /** What its reservation wrote: where the next one begins. */
    private SequencePosition end;

    /** Counts what made a reservation under way worthless. */
    private long generation;

    private boolean sameSteps(Sequence asked) {
      return sequence.increment() == asked.increment()
          && sequence.minimum() == asked.minimum()
          && sequence.maximum() == asked.maximum()
          && sequence.cycles() == asked.cycles();
    }

    /** The next number as the one element, or nothing. */
    synchronized long[] poll(Sequence asked) {
      if (left == 0 || !sameSteps(asked)) {
        return null;
      }
      long value = next;
      left--;
      next = left == 0 ? next : next + asked.increment();
      return new long[] {value};
    }

    /** What {@link #poll} would answer, or null. */
    synchronized Long peek(Sequence asked) {
      return left == 0 || !sameSteps(asked) ? null : next;
    }

    synchronized long generation() {
      return generation;
    }

    /** What is left counts no more. */
    synchronized void forget() {
      left = 0;
      generation++;
    }

    /**
     * Gives up what is left.
     *
     * @param now where the next reservation would begin
     * @return where to begin instead
     */
    synchronized SequencePosition surrender(SequencePosition now) {
      boolean last = left > 0 && now.equals(end);
      left = 0;
      return last ? new SequencePosition(next, false) : now;
    }

    synchronized void refill(
        long seen, Sequence of, long first, long count, long blockSize, SequencePosition after) {
      if (left == 0 && generation == seen) {
        sequence = of;
        next = first;
        left = count;
        size = blockSize;
        end = after;
      }
    }

    synchronized boolean isEmpty() {
      return left == 0;
    }

    synchronized long nextSize() {
      return size == 0 ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, size * 2);
    }
  }

  /**
   * @param database its number
   * @param inCluster whether other nodes set numbers aside
   */
  SequenceBlocks(
      TransactionManager transactions, Scheduler scheduler, long database, boolean inCluster) {
    this.transactions = transactions;
    this.scheduler = scheduler;
    this.database = database;
    this.inCluster = inCluster;
  }

  /**
   * @throws DistDbException {@code SEQUENCE_LIMIT_EXCEEDED}
   */
  long next(Sequence sequence) {
    Block block = blocks.computeIfAbsent(sequence.state(), state -> new Block());
    long[] polled = block.poll(sequence);
    return polled != null ? polled[0] : reserve(sequence, block);
  }

  private long reserve(Sequence sequence, Block block) {
    long seen = block.generation();
    long size = Math.max(block.nextSize(), sequence.cache());
    Reserved reserved =
        OwnTransaction.repeatable(
            transactions, scheduler, transaction -> reserve(transaction, sequence, block, size));
    long first = reserved.first().next();
    if (reserved.count() > 1) {
      long second = first + sequence.increment();
      block.refill(seen, sequence, second, reserved.count() - 1, size, reserved.after());
    }
    return first;
  }

  private static Reserved reserve(
      Transaction transaction, Sequence sequence, Block block, long size) {
    // left over when the definition changed: it goes on from there
    SequencePosition position = block.surrender(SequencePosition.lock(transaction, sequence));
    long count = position.available(sequence, size);
    if (count == 0) {
      position = begunAnew(sequence);
      count = position.available(sequence, size);
    }
    SequencePosition after = position.after(sequence, count);
    after.write(transaction, sequence);
    return new Reserved(position, count, after);
  }

  private static SequencePosition begunAnew(Sequence sequence) {
    if (sequence.cycles()) {
      return new SequencePosition(SequencePosition.begin(sequence), false);
    }
    boolean ascending = sequence.increment() > 0;
    throw new DistDbException(
        ErrorCode.SEQUENCE_LIMIT_EXCEEDED,
        "nextval: reached "
            + (ascending ? "maximum" : "minimum")
            + " value of sequence \""
            + sequence.name()
            + "\" ("
            + (ascending ? sequence.maximum() : sequence.minimum())
            + ")");
  }

  /** What is handed out next, as far as is known without waiting. */
  SequencePosition position(Sequence sequence) {
    Block block = blocks.get(sequence.state());
    Long next = block == null ? null : block.peek(sequence);
    if (next != null) {
      return new SequencePosition(next, false);
    }
    try (Transaction transaction =
        transactions.begin(TransactionOptions.DEFAULT.withReadOnly(true))) {
      return SequencePosition.read(transaction, sequence);
    }
  }

  /**
   * @throws DistDbException {@code NUMERIC_VALUE_OUT_OF_RANGE}: not between minimum and maximum
   */
  void set(Sequence sequence, long value, boolean called) {
    if (value < sequence.minimum() || value > sequence.maximum()) {
      throw new DistDbException(
          ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
          "setval: value "
              + value
              + " is out of bounds for sequence \""
              + sequence.name()
              + "\" ("
              + sequence.minimum()
              + ".."
              + sequence.maximum()
              + ")");
    }
    Block block = blocks.computeIfAbsent(sequence.state(), state -> new Block());
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      SequencePosition.lock(transaction, sequence);
      SequencePosition position = new SequencePosition(value, false);
      (called ? position.after(sequence, 1) : position).write(transaction, sequence);
      if (inCluster) {
        transaction.announce(new Announcement.SequenceSet(database, sequence.state()).toBytes());
      }
      transaction.commit();
    }
    block.forget();
  }

  /** Another node may have set the sequence of that state. */
  void forget(long state) {
    Block block = blocks.get(state);
    if (block != null) {
      block.forget();
    }
  }

  /** As {@link #forget}, of all. */
  void forgetAll() {
    blocks.values().forEach(Block::forget);
  }

  /** Gives back what is left of the blocks: an orderly end leaves no gaps. */
  void close() {
    Map<Long, Block> inOrder = new TreeMap<>(blocks);
    for (Block block : inOrder.values()) {
      if (!block.isEmpty()) {
        giveBack(block);
      }
    }
  }

  private void giveBack(Block block) {
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      SequencePosition now = SequencePosition.lock(transaction, block.sequence);
      block.surrender(now).write(transaction, block.sequence);
      transaction.commit();
    } catch (DistDbException unable) {
      // then there is a gap, as after a crash
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
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
 * find a block empty both reserve, and the second block's rest is a gap too. Thread-safe.
 */
final class SequenceBlocks {
  /** As many as PostgreSQL writes ahead. */
  private static final long FIRST_BLOCK = 32;

  private static final long LARGEST_BLOCK = 1024;

  private final TransactionManager transactions;

  /** By state. */
  private final ConcurrentHashMap<Long, Block> blocks = new ConcurrentHashMap<>();

  /** What is left of a reservation. */
  private static final class Block {
    private Sequence sequence;
    private long next;
    private long left;
    private long size;

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

    /** Gives up what is left; where that began. */
    synchronized Long surrender() {
      Long from = left > 0 ? next : null;
      left = 0;
      return from;
    }

    synchronized void refill(Sequence of, long first, long count, long blockSize) {
      if (left == 0) {
        sequence = of;
        next = first;
        left = count;
        size = blockSize;
      }
    }

    synchronized long nextSize() {
      return size == 0 ? FIRST_BLOCK : Math.min(LARGEST_BLOCK, size * 2);
    }
  }

  SequenceBlocks(TransactionManager transactions) {
    this.transactions = transactions;
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
    // left over when the definition changed: it goes on from there
    Long from = block.surrender();
    long size = Math.max(block.nextSize(), sequence.cache());
    try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
      SequencePosition position = SequencePosition.lock(transaction, sequence);
      if (from != null) {
        position = new SequencePosition(from, false);
      }
      long count = position.available(sequence, size);
      if (count == 0) {
        position = begunAnew(sequence);
        count = position.available(sequence, size);
      }
      position.after(sequence, count).write(transaction, sequence);
      transaction.commit();
      if (count > 1) {
        block.refill(sequence, position.next() + sequence.increment(), count - 1, size);
      }
      return position.next();
    }
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
      transaction.commit();
    }
    block.surrender();
  }

  /** Gives back what is left of the blocks: an orderly end leaves no gaps. */
  void close() {
    Map<Long, Block> inOrder = new TreeMap<>(blocks);
    for (Block block : inOrder.values()) {
      Long from = block.surrender();
      if (from != null) {
        try (Transaction transaction = transactions.begin(TransactionOptions.DEFAULT)) {
          SequencePosition.lock(transaction, block.sequence);
          new SequencePosition(from, false).write(transaction, block.sequence);
          transaction.commit();
        } catch (DistDbException unable) {
          // then there is a gap, as after a crash
        }
      }
    }
  }
}

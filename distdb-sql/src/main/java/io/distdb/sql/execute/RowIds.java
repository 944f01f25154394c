// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.LongSupplier;

/**
 * Hidden row ids for tables without a primary key: unique for ever, increasing at each node.
 *
 * <p>Design: a block number that was never given out before (the transaction manager's counter),
 * shifted left by 20 bits, then a count: one durable step per million rows, and no lock that rows
 * share. Two threads that exhaust a block together may both fetch one; one of them is never used.
 * Thread-safe.
 */
public final class RowIds {
  private static final int BLOCK_BITS = 20;

  private record Block(long end, AtomicLong next) {}

  private final LongSupplier blockNumbers;
  private final AtomicReference<Block> current = new AtomicReference<>();

  public RowIds(LongSupplier blockNumbers) {
    this.blockNumbers = blockNumbers;
  }

  long next() {
    while (true) {
      Block block = current.get();
      if (block != null) {
        long id = block.next().getAndIncrement();
        if (id < block.end()) {
          return id;
        }
      }
      long start = blockNumbers.getAsLong() << BLOCK_BITS;
      Block fresh = new Block(start + (1L << BLOCK_BITS), new AtomicLong(start));
      current.compareAndSet(block, fresh);
    }
  }
}

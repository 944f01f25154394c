// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.index.IndexId;

/**
 * Gives index ids out of blocks that the log set aside. What is left of a block at a stop is lost.
 */
final class IndexIds {
  private static final int BLOCK = 64;

  private final TransactionContext context;
  private long next;
  private long end;

  IndexIds(TransactionContext context) {
    this.context = context;
  }

  IndexId next() {
    IndexId id = poll();
    while (id == null) {
      long first = context.allocateIndexIds(BLOCK);
      refill(first);
      id = poll();
    }
    return id;
  }

  private synchronized IndexId poll() {
    return next < end ? new IndexId(next++) : null;
  }

  private synchronized void refill(long first) {
    if (next == end) {
      next = first;
      end = first + BLOCK;
    }
  }
}

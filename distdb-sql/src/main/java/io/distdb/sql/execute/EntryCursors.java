// SPDX-License-Identifier: MIT
package io.distdb.sql.execute;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.txn.Transaction;
import java.util.function.IntFunction;

/** Cursors over the entries of one index under several keys. */
final class EntryCursors {
  private static final Bytes[] NO_KEYS = {};

  private EntryCursors() {}

  /** Nothing: a key was NULL, or out of its column's range. */
  static IndexCursor empty() {
    return new ByKeys(null, null, NO_KEYS);
  }

  /** The entries, of given whole keys, that exist. */
  static final class ByKeys implements IndexCursor {
    private final Transaction transaction;
    private final IndexId index;
    private final Bytes[] keys;
    private int next;
    private Bytes value;

    ByKeys(Transaction transaction, IndexId index, Bytes[] keys) {
      this.transaction = transaction;
      this.index = index;
      this.keys = keys;
    }

    @Override
    public boolean next() {
      while (next < keys.length) {
        value = transaction.get(index, keys[next++]);
        if (value != null) {
          return true;
        }
      }
      return false;
    }

    @Override
    public int next(EntryBlock block) {
      block.clear();
      while (next < keys.length && !block.isFull()) {
        Bytes key = keys[next++];
        block.addKey(key.array(), 0, key.length());
      }
      if (block.size() > 0) {
        transaction.getAll(index, block);
        block.removeAbsent();
      }
      while (!block.isFull() && next()) {
        block.add(key(), value);
      }
      return block.size();
    }

    @Override
    public Bytes key() {
      return keys[next - 1];
    }

    @Override
    public Bytes value() {
      return value;
    }

    @Override
    public void close() {
      next = keys.length;
    }
  }

  /** One cursor after the other; each is opened when its turn comes. */
  static final class Chain implements IndexCursor {
    private final int count;
    private final IntFunction<IndexCursor> open;
    private int opened;
    private IndexCursor current = empty();

    Chain(int count, IntFunction<IndexCursor> open) {
      this.count = count;
      this.open = open;
    }

    @Override
    public boolean next() {
      while (!current.next()) {
        current.close();
        if (opened == count) {
          return false;
        }
        current = open.apply(opened++);
      }
      return true;
    }

    @Override
    public Bytes key() {
      return current.key();
    }

    @Override
    public Bytes value() {
      return current.value();
    }

    @Override
    public void close() {
      current.close();
      opened = count;
    }
  }
}

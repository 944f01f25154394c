// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexKind;
import java.util.Arrays;

/**
 * Walks over the newest versions of an index as they were when it was made, and looks older ones up
 * in the history. Its iterator is closed when it has come to the end, with the cursor, or with the
 * engine, whichever is first.
 */
final class RocksCursor implements IndexCursor {
  private final Instance instance;
  private final RocksIndex index;
  private final byte[] from;
  private final byte[] to;
  private final boolean forward;
  private final long asOf;
  private final int prefixBytes;

  /** Null once there is nothing more. */
  private OpenIterator iterator;

  private boolean begun;
  private byte[] key;
  private byte[] value;

  /** Of the entry within {@link Scratch#key}. */
  private int keyLength;

  /**
   * @param from of the family's keys, the least
   * @param to and the first that is too high
   */
  RocksCursor(
      Instance instance, RocksIndex index, byte[] from, byte[] to, Direction direction, long asOf) {
    this.instance = instance;
    this.index = index;
    this.from = from;
    this.to = to;
    this.forward = direction == Direction.FORWARD;
    this.asOf = asOf;
    this.prefixBytes = KeyLayout.prefixBytes(index.kind());
    if (Arrays.compareUnsigned(from, to) < 0) {
      open();
    }
  }

  private void open() {
    instance.gate.enter();
    try {
      iterator =
          index.kind() == IndexKind.BTREE
              ? instance.iterate(index.family)
              : instance.iterateByPrefix(index.family);
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public boolean next() {
    key = null;
    value = null;
    if (iterator == null) {
      return false;
    }
    instance.gate.enter();
    try {
      Scratch scratch = Scratch.ofThread();
      if (!advance(scratch)) {
        return false;
      }
      key = Arrays.copyOfRange(scratch.key, prefixBytes, keyLength);
      return true;
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public int next(EntryBlock block) {
    block.clear();
    if (iterator == null) {
      return 0;
    }
    instance.gate.enter();
    try {
      Scratch scratch = Scratch.ofThread();
      while (!block.isFull() && advance(scratch)) {
        add(block, scratch);
      }
      return block.size();
    } finally {
      instance.gate.leave();
    }
  }

  private void add(EntryBlock block, Scratch scratch) {
    if (!block.hasKeys()) {
      block.addValue(value);
      return;
    }
    int length = keyLength - prefixBytes;
    byte[] keys = block.keysWithRoom(length);
    int size = block.size();
    int start = block.keyStart(size);
    System.arraycopy(scratch.key, prefixBytes, keys, start, length);
    block.keyStarts()[size + 1] = start + length;
    block.values()[size] = value;
    block.added(1);
  }

  /** Moves to the next entry that is visible, its key in {@code scratch}, or ends. */
  private boolean advance(Scratch scratch) {
    while (step()) {
      keyLength = iterator.key(scratch);
      if (isBehindEnd(scratch.key)) {
        break;
      }
      int length = iterator.value(scratch);
      long header = scratch.header();
      if (Header.timestamp(header) > asOf) {
        value = index.older(Arrays.copyOfRange(scratch.key, prefixBytes, keyLength), asOf);
      } else {
        value = Header.isDeletion(header) ? null : scratch.payload(length);
      }
      if (value != null) {
        return true;
      }
    }
    end();
    return false;
  }

  private boolean step() {
    if (begun) {
      return forward ? iterator.next() : iterator.previous();
    }
    begun = true;
    return forward ? iterator.seek(from) : iterator.seekBelow(to);
  }

  private boolean isBehindEnd(byte[] found) {
    return forward
        ? Arrays.compareUnsigned(found, 0, keyLength, to, 0, to.length) >= 0
        : Arrays.compareUnsigned(found, 0, keyLength, from, 0, from.length) < 0;
  }

  private void end() {
    iterator.close();
    iterator = null;
  }

  @Override
  public Bytes key() {
    return Bytes.wrap(key);
  }

  @Override
  public Bytes value() {
    return Bytes.wrap(value);
  }

  /** Also after the engine was closed, which has closed the iterator then. */
  @Override
  public void close() {
    if (iterator != null) {
      end();
    }
  }
}

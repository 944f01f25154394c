// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;

/**
 * Walks over entries. Starts before the first; cheap to abandon; stays valid while writers go on,
 * and sees one snapshot throughout. Used by one thread. The bytes it hands out stay valid for ever.
 */
public interface IndexCursor extends AutoCloseable {
  /** Moves to the next entry; false when there is none. */
  boolean next();

  /** The current entry's key. Only after {@link #next} returned true. */
  Bytes key();

  /** The current entry's value. Only after {@link #next} returned true. */
  Bytes value();

  /**
   * Empties {@code block}, then moves on until it is full or there is no entry left, and puts the
   * entries there, in order. Which entry is then the current one is not said, so ask for no key and
   * no value; {@link #next()} and this may take turns.
   *
   * @return how many entries the block has; below its capacity: there are no more
   */
  default int next(EntryBlock block) {
    block.clear();
    while (!block.isFull() && next()) {
      block.add(key(), value());
    }
    return block.size();
  }

  /** Frees what the cursor holds. May be called twice. */
  @Override
  void close();
}

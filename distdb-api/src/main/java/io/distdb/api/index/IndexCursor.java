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

  /** Frees what the cursor holds. May be called twice. */
  @Override
  void close();
}

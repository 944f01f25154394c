// SPDX-License-Identifier: MIT
package io.distdb.api.index;

import io.distdb.api.Bytes;

/**
 * Versioned entries of one index, for reading; writes go through {@link
 * io.distdb.api.storage.Store#apply}. A read names a timestamp and sees, of each key, the newest
 * version at or below it among the batches applied before the read began.
 *
 * <p>Readers are wait-free with respect to the one writer. Reads at a timestamp below the collected
 * safe point give unspecified answers; the transaction layer refuses them first.
 */
public interface Index {
  IndexId id();

  IndexKind kind();

  /** The value of {@code key} at {@code asOf}, or null: absent or deleted then. */
  Bytes get(Bytes key, long asOf);

  /**
   * Looks many keys up: gives each key of {@code block}, which keeps keys, in whatever order and
   * perhaps more than once, the value that it has at {@code asOf}, null where there is none. Values
   * that the block has before mean nothing.
   */
  default void getAll(EntryBlock block, long asOf) {
    for (int i = 0; i < block.size(); i++) {
      Bytes value = get(block.key(i), asOf);
      block.setValue(i, value == null ? null : value.array());
    }
  }

  /**
   * Commit timestamp of the newest version of {@code key}, a deletion included; {@link
   * io.distdb.api.Timestamp#NONE} when the index keeps none.
   */
  long newestTimestamp(Bytes key);

  /**
   * All entries that belong to {@code key} at {@code asOf}: in a BTREE those whose key starts with
   * it, in key order; in a HASH index those whose {@link HashKey} hashes it, in no particular
   * order.
   */
  IndexCursor lookup(Bytes key, long asOf);

  /**
   * Entries within {@code range} at {@code asOf}, in unsigned byte order or its reverse.
   *
   * @throws io.distdb.api.error.DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: this kind
   *     has no order
   */
  IndexCursor range(KeyRange range, Direction direction, long asOf);

  /** Estimated number of keys with a live newest version; exact or nearly so; O(1). */
  long estimatedEntries();

  /** Memory or disk that the index takes, in bytes; an estimate; O(1). */
  long estimatedBytes();
}

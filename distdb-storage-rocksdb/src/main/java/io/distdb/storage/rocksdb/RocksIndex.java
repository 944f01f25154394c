// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Direction;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.util.Arrays;
import org.rocksdb.RocksDB;

/**
 * An index in a slot of the instance.
 *
 * <p><b>Where versions are.</b> The newest version of each key, a deletion included, is in one
 * family, found by one point read through a bloom filter; older ones are in the history, each with
 * the timestamp of the version after it. A write moves the version that it supersedes there in the
 * same batch. So a read at the newest timestamps, which nearly all are, costs what RocksDB's own
 * does; a read at an older one costs one more seek for each key that was changed since.
 *
 * <p><b>Why a read needs no snapshot of both.</b> A reader at T looks at the newest version first.
 * If it is at or below T it is the answer. If it is above, the one that is wanted went into the
 * history no later than the newest came, and collection leaves it there while T is at or above the
 * safe point. A key that was visible at such a T has a newest version too: only deletions at or
 * below the safe point are taken away.
 */
final class RocksIndex implements Index {
  private static final byte[] BELOW_ALL = {};

  private final Instance instance;
  private final IndexId id;
  private final IndexKind kind;
  final int slot;
  final Family family;
  final IndexCounters counters = new IndexCounters();

  /**
   * In a BTREE index, at or above every key that it has; what is above it is new. Null: not known
   * yet. Only the writer looks at it.
   */
  private byte[] highestKey;

  /** There was no key when this was made. */
  private boolean isNew;

  RocksIndex(Instance instance, IndexId id, IndexKind kind, int slot) {
    this.instance = instance;
    this.id = id;
    this.kind = kind;
    this.slot = slot;
    this.family = kind == IndexKind.BTREE ? Family.ORDERED : Family.HASHED;
  }

  /** One whose slot was never used. */
  static RocksIndex created(Instance instance, IndexId id, IndexKind kind, int slot) {
    RocksIndex index = new RocksIndex(instance, id, kind, slot);
    index.isNew = true;
    return index;
  }

  @Override
  public IndexId id() {
    return id;
  }

  @Override
  public IndexKind kind() {
    return kind;
  }

  /** Makes the key of the newest version in {@code scratch.key}; returns its length. */
  int newestKey(Scratch scratch, byte[] key) {
    int length = KeyLayout.prefixBytes(kind) + key.length;
    KeyLayout.newest(scratch.keyWithRoom(length), slot, kind, key);
    return length;
  }

  /**
   * Whether {@code key} is certainly not there, so that it need not be looked for. From then on it
   * counts as there. Called by the writer.
   */
  boolean isAboveAll(byte[] key) {
    if (kind == IndexKind.HASH) {
      return false;
    }
    if (highestKey == null) {
      highestKey = isNew ? BELOW_ALL : findHighestKey();
      if (highestKey == BELOW_ALL) {
        highestKey = key;
        return true;
      }
    }
    boolean above = Arrays.compareUnsigned(key, highestKey) > 0;
    if (above) {
      highestKey = key;
    }
    return above;
  }

  private byte[] findHighestKey() {
    try (OpenIterator iterator = instance.iterate(family)) {
      if (iterator.seekBelow(KeyLayout.slotStart(slot + 1))) {
        byte[] key = iterator.key();
        if (KeyLayout.isOfSlot(key, slot)) {
          return Arrays.copyOfRange(key, KeyLayout.SLOT_BYTES, key.length);
        }
      }
      return BELOW_ALL;
    }
  }

  @Override
  public Bytes get(Bytes key, long asOf) {
    instance.gate.enter();
    try {
      Scratch scratch = Scratch.ofThread();
      int length = instance.get(family, scratch, newestKey(scratch, key.array()));
      if (length == RocksDB.NOT_FOUND) {
        return null;
      }
      long header = scratch.header();
      if (Header.timestamp(header) > asOf) {
        byte[] older = older(key.array(), asOf);
        return older == null ? null : Bytes.wrap(older);
      }
      return Header.isDeletion(header) ? null : Bytes.wrap(scratch.payload(length));
    } finally {
      instance.gate.leave();
    }
  }

  /** The value at {@code asOf} of a key whose newest version is above it; null: none, deleted. */
  byte[] older(byte[] key, long asOf) {
    byte[] from = KeyLayout.history(slot, key, asOf);
    byte[] last = KeyLayout.history(slot, key, Timestamp.NONE);
    byte[] end = Arrays.copyOf(last, last.length + 1);
    try (OpenIterator versions = instance.iterateBelow(Family.HISTORY, end)) {
      if (!versions.seek(from)) {
        return null;
      }
      Scratch scratch = Scratch.ofThread();
      int length = versions.value(scratch);
      return Header.isDeletion(scratch.header()) ? null : scratch.payload(length);
    }
  }

  @Override
  public long newestTimestamp(Bytes key) {
    instance.gate.enter();
    try {
      Scratch scratch = Scratch.ofThread();
      int length = newestKey(scratch, key.array());
      return Header.timestamp(instance.header(family, scratch, length, Timestamp.NONE));
    } finally {
      instance.gate.leave();
    }
  }

  @Override
  public IndexCursor lookup(Bytes key, long asOf) {
    if (kind == IndexKind.BTREE) {
      return range(KeyRange.prefix(key), Direction.FORWARD, asOf);
    }
    Bytes prefix = Bytes.wrap(KeyLayout.hashPrefix(slot, key.array()));
    // A slot is below 2^31, so that its prefix has an end.
    return new RocksCursor(
        instance, this, prefix.array(), prefix.prefixEnd().array(), Direction.FORWARD, asOf);
  }

  @Override
  public IndexCursor range(KeyRange range, Direction direction, long asOf) {
    if (kind == IndexKind.HASH) {
      throw new DistDbException(
          ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
          "index " + id + " is a hash index, which has no order: it cannot answer a range");
    }
    byte[] from = KeyLayout.newest(slot, kind, range.from().array());
    byte[] to =
        range.to() == null
            ? KeyLayout.slotStart(slot + 1)
            : KeyLayout.newest(slot, kind, range.to().array());
    return new RocksCursor(instance, this, from, to, direction, asOf);
  }

  @Override
  public long estimatedEntries() {
    return Math.max(0, counters.entries());
  }

  @Override
  public long estimatedBytes() {
    return Math.max(0, counters.bytes());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.WriteBatch;
import io.distdb.storage.memory.index.VersionRun;
import io.distdb.storage.memory.index.VersionedIndex;
import java.util.Arrays;

/**
 * An index and the walks that are writing it out. The walks are guarded by the store's lock; they
 * are an array because a put looks at them every time.
 */
final class IndexSlot {
  private static final RecentWrites[] NONE = {};

  final VersionedIndex index;
  private RecentWrites[] walks = NONE;

  /** Null: nothing. */
  private VersionRun heldBack;

  IndexSlot(VersionedIndex index) {
    this.index = index;
  }

  /** Adds a version; walks under way are told first, so that they leave it out. */
  void put(byte[] key, byte[] value, long timestamp) {
    if (walks.length > 0) {
      tellWalks(key, timestamp);
    }
    index.put(key, value, timestamp);
  }

  /**
   * Keeps a put or delete back until {@link #putHeldBack}, unless the index gains nothing by it:
   * then false.
   */
  boolean holdBack(WriteBatch.Operation operation, long timestamp) {
    if (index.kind() != IndexKind.BTREE) {
      return false;
    }
    if (heldBack == null) {
      heldBack = new VersionRun();
    }
    if (operation instanceof WriteBatch.Put put) {
      heldBack.add(put.key().array(), put.value().array(), timestamp);
    } else {
      heldBack.add(((WriteBatch.Delete) operation).key().array(), null, timestamp);
    }
    return true;
  }

  /** Puts what was kept back. */
  void putHeldBack() {
    VersionRun run = heldBack;
    if (run == null) {
      return;
    }
    heldBack = null;
    putAll(run);
  }

  /** Adds all versions of a run, as {@link #put} does. */
  void putAll(VersionRun run) {
    if (walks.length > 0) {
      for (int i = 0; i < run.size(); i++) {
        tellWalks(run.key(i), run.timestamp(i));
      }
    }
    index.putAll(run);
  }

  /** A version that is there already is not new: a walk must not leave it out. */
  private void tellWalks(byte[] key, long timestamp) {
    if (index.newestTimestamp(Bytes.wrap(key)) < timestamp) {
      for (RecentWrites walk : walks) {
        walk.note(key, timestamp);
      }
    }
  }

  boolean isWalked() {
    return walks.length > 0;
  }

  /** Begins a walk that sees only what has been put so far. */
  RecentWrites beginWalk() {
    RecentWrites walk = new RecentWrites();
    walks = Arrays.copyOf(walks, walks.length + 1);
    walks[walks.length - 1] = walk;
    return walk;
  }

  void endWalk(RecentWrites walk) {
    walks = Arrays.stream(walks).filter(other -> other != walk).toArray(RecentWrites[]::new);
  }
}

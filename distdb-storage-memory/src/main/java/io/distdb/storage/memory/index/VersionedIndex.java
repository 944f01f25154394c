// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;

/**
 * An in-memory index from the side of its one writer. Readers ({@link Index}) are wait-free and
 * need no lock; the methods here are called by one thread at a time.
 */
public interface VersionedIndex extends Index {
  /**
   * Adds a version of {@code key}. Adding one that is there already (same key and timestamp)
   * changes nothing. Takes both arrays over.
   *
   * @param value null for a deletion
   * @param timestamp above those of the key's other versions, or equal to one of them
   */
  void put(byte[] key, byte[] value, long timestamp);

  /**
   * Puts every version of {@code run}, as if one by one in the order in which they were added.
   * Takes the arrays and the run over.
   */
  default void putAll(VersionRun run) {
    for (int i = 0; i < run.size(); i++) {
      put(run.key(i), run.value(i), run.timestamp(i));
    }
  }

  /**
   * Removes versions that no read at or above {@code safePoint} sees, and keys of which only a
   * deletion at or below it is left. Goes on where the last call stopped, at most about {@code
   * versionsMax} versions looked at.
   *
   * @return whether a pass is done; it used the safe points of the calls it took, so only a pass
   *     begun after the last write has seen everything below {@code safePoint}
   */
  boolean collect(long safePoint, int versionsMax);

  /**
   * Versions that are not the newest of their key, and deletions: what {@link #collect} may find.
   */
  long garbageVersions();

  /** Every version of every key, for snapshots, while the writer goes on. */
  VersionCursor versions();

  /** An empty index of a kind. */
  static VersionedIndex create(IndexId id, IndexKind kind) {
    return switch (kind) {
      case BTREE -> new BTreeIndex(id);
      case HASH -> new HashIndex(id);
    };
  }

  /** Builds an index of a kind at once, for recovery. */
  static Loader loader(IndexId id, IndexKind kind) {
    return switch (kind) {
      case BTREE -> BTreeIndex.loader(id);
      case HASH -> HashIndex.loader(id);
    };
  }

  /** Takes versions in the order in which {@link #versions} gives them. Used by one thread. */
  interface Loader {
    /**
     * Adds a version and takes both arrays over.
     *
     * @param key BTREE: at or above the last one
     * @param value null for a deletion
     * @param timestamp below that of the last one, if that was of the same key
     */
    void add(byte[] key, byte[] value, long timestamp);

    /** The index with all that was added. The loader is spent. */
    VersionedIndex finish();
  }

  /** Keys in key order (BTREE) or any order (HASH); of each key its versions, newest first. */
  interface VersionCursor {
    boolean next();

    byte[] key();

    /** Null for a deletion. */
    byte[] value();

    long timestamp();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * How a store's whole content is written down in {@link Store#export}, and read in {@link
 * Store#restore}: one format for all engines, so that each reads what any other wrote
 * (docs/formats/snapshot.md). Found through {@link java.util.ServiceLoader}.
 */
public interface ExportFormat {
  /**
   * Begins an export; the header goes to {@code sink} at once.
   *
   * @param sink gets chunk after chunk, and must not keep them
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: what {@code
   *     compression} needs is not on the class path
   */
  Writer writer(
      ShardId shard, LogPosition position, Compression compression, Consumer<ByteBuffer> sink);

  /**
   * Reads a whole export.
   *
   * @param name what it is, for messages
   * @param chunks in order, cut anywhere
   * @param newest versions above it are checked and left out
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED} with the offset; {@code
   *     INCOMPATIBLE_FORMAT}: newer than this binary. The visitor may have been given some of it
   */
  void read(String name, Iterable<ByteBuffer> chunks, long newest, Visitor visitor);

  /** Takes the content in this order. Used by one thread. */
  interface Writer {
    /** First all side records; keys rise. */
    void side(Bytes key, Bytes value);

    /** Then index by index; ids rise. */
    void index(IndexId id, IndexKind kind);

    /**
     * Each followed by its versions: keys rise in a BTREE; of each key the newest comes first.
     *
     * @param value null for a deletion
     */
    void version(byte[] key, byte[] value, long timestamp);

    /**
     * Writes what is buffered and the end. Nothing may follow.
     *
     * @return how many versions were written
     */
    long finish();
  }

  /** Is given the content in the order of {@link Writer}. */
  interface Visitor {
    void position(LogPosition position);

    void side(Bytes key, Bytes value);

    /**
     * @param versions good until this returns; need not be walked to its end
     */
    void index(IndexId id, IndexKind kind, Versions versions);
  }

  /** The versions of one index; what it hands out is the caller's. */
  interface Versions {
    /** Moves on; false when there is none. Before the first call there is none either. */
    boolean next();

    /** The same array as for the version before when the key is the same. */
    byte[] key();

    /** Null for a deletion. */
    byte[] value();

    long timestamp();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.api.storage;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import java.util.function.BiConsumer;
import java.util.function.Consumer;

/**
 * One shard's data: indexes, side records, and how far the log has been applied to them, all moving
 * together.
 *
 * <p>Threads: {@link #apply}, {@link #collectGarbage} and {@link #restore} are called by one thread
 * at a time (the caller sees to it) and never block on readers; everything else by any thread at
 * any time. Durability: what is applied survives a crash only from the last {@link #checkpoint} on;
 * the log above it is applied again.
 */
public interface Store {
  /**
   * Applies every operation of {@code batch}, or none, and moves {@link #applied} to {@code
   * position}, which is above the last one. Operations name indexes that exist or are created by
   * the batch. Applying again what a checkpoint holds already changes nothing (recovery relies on
   * it).
   *
   * <p>Timestamps need not rise from batch to batch; of one key they do.
   *
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}: nothing was applied, and the
   *     same batch may be applied later. {@code IO_ERROR}, {@code DATA_CORRUPTED}: nothing was
   *     applied, and nothing will be until the engine is opened again; what is there can be read
   */
  void apply(LogPosition position, WriteBatch batch);

  /**
   * Says that a log is being replayed, or no longer is. While it is, no index is read: so the store
   * may keep versions back, to put many of them together, as long as side records and {@link
   * #applied} move with each batch and every other call finds them put. Called by the thread that
   * applies.
   */
  void replaying(boolean underWay);

  /** The last position applied; {@link LogPosition#START} in an empty store. */
  LogPosition applied();

  /**
   * The index {@code id}. The object stays good for reading while the store is open, even after the
   * index is dropped.
   *
   * @throws io.distdb.api.error.DistDbException {@code UNDEFINED_OBJECT}: there is none
   */
  Index index(IndexId id);

  Optional<Index> findIndex(IndexId id);

  /** All indexes, by id. */
  List<Index> indexes();

  /** The side record of {@code key}, or null. */
  Bytes side(Bytes key);

  /**
   * Calls {@code action} with each side record whose key starts with {@code prefix}, in key order.
   */
  void forEachSide(Bytes prefix, BiConsumer<Bytes, Bytes> action);

  /**
   * Refuses growth past the memory budget, or past the room on the disk, before it is proposed:
   * what was logged is to be applied.
   *
   * @param growthBytes estimated encoded size of what would be put; 0 always passes the memory
   *     budget
   * @throws io.distdb.api.error.DistDbException {@code OUT_OF_MEMORY}, {@code DISK_FULL}: with the
   *     sizes named
   */
  void admit(long growthBytes);

  /**
   * Removes versions that no read at or above {@code safePoint} can see: of each key, those older
   * than the newest at or below it, and that one too when it is a deletion. May do its work later,
   * bit by bit. The logical content at or above the safe point never changes.
   */
  void collectGarbage(long safePoint);

  /** Versions that the next collection could remove, about. */
  long garbageVersions();

  /**
   * Makes everything applied so far durable without the log, while reads and writes go on.
   *
   * @return a position at or above {@link #applied} as of the call: the log through it is no longer
   *     needed by this store
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}, {@code IO_ERROR}: the earlier
   *     checkpoint still stands
   */
  LogPosition checkpoint();

  /**
   * Writes the store's whole content as of one position to {@code sink}, in chunks that {@link
   * #restore} of any engine reads; the sink must not keep the buffers. What it throws ends the
   * export. It is first called, with the header, once the position is fixed.
   *
   * @throws io.distdb.api.error.DistDbException {@code CONFIGURATION_ERROR}: what {@code
   *     compression} needs is not on the class path
   */
  Exported export(Compression compression, Consumer<ByteBuffer> sink);

  /** {@link #export(Compression, Consumer)} by LZ4. */
  default LogPosition export(Consumer<ByteBuffer> sink) {
    return export(Compression.LZ4, sink).position();
  }

  /**
   * Replaces the whole content by an export: all of it, or, when a chunk is damaged, none.
   *
   * @param name what is read, for messages
   * @param chunks the chunks in order; ends after the last
   * @param newest versions with a timestamp above it are left out
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED} with name and offset: the
   *     store is as it was
   */
  void restore(String name, Iterable<ByteBuffer> chunks, long newest);

  /** {@link #restore(String, Iterable, long)} with every version. */
  default void restore(Iterable<ByteBuffer> chunks) {
    restore("an export", chunks, Timestamp.LATEST);
  }

  /**
   * {@link #restore} and {@link #checkpoint} in one: what {@code chunks} hold takes the place of
   * the content, and is on the disk when this returns; or nothing was changed. Needs room for both,
   * in memory and on the disk.
   *
   * @param name what is read, for messages
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED}, {@code DISK_FULL}: the
   *     store is as it was, and the checkpoint before still stands; {@code IO_ERROR}: what a next
   *     start finds is one of the two
   */
  void restoreDurably(String name, Iterable<ByteBuffer> chunks);
}

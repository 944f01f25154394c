// SPDX-License-Identifier: MIT
package io.distdb.api.journal;

import io.distdb.api.ShardId;
import io.distdb.api.metrics.Metered;
import io.distdb.api.storage.LogPosition;
import java.util.Map;
import java.util.function.Consumer;

/**
 * An append-only sequence of records in segment files. Thread-safe.
 *
 * <p>Life: {@link #recover} once, then {@link #append} and {@link #force}. Offsets are logical byte
 * positions that only grow. After a failed force or write the journal refuses every further append
 * ({@code IO_ERROR}; {@code DISK_FULL} when the disk was full) until it is opened anew: pages whose
 * force failed are never forced again.
 */
public interface Journal extends Metered, AutoCloseable {
  /**
   * Reads every record from the oldest kept segment on, in order, and cuts a torn tail.
   *
   * @param visitor gets each record; entries come as {@link JournalRecord.Recovered}
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED}: damage below an offset that
   *     is proven forced; the message names segment, offset and index; nothing was changed. {@code
   *     INCOMPATIBLE_FORMAT}: written by a newer version
   */
  Recovery recover(Consumer<JournalRecord> visitor, Progress progress);

  /**
   * Adds a record behind all others. Not durable yet.
   *
   * @return the offset of its end: what {@link #force} takes
   * @throws io.distdb.api.error.DistDbException {@code DISK_FULL}, {@code IO_ERROR}
   */
  long append(JournalRecord record);

  /**
   * Returns once everything below {@code offset} is as durable as {@link #durability} says:
   * concurrent callers share one force of the disk. Must not be called within a lock.
   *
   * @throws io.distdb.api.error.DistDbException {@code IO_ERROR}: it may or may not be on the disk
   */
  void force(long offset);

  /** As {@link #force}, and on the disk whatever the durability. */
  void forceToDisk(long offset);

  /** Everything below this offset is on the disk. */
  long forcedOffset();

  /** The end of the last record. */
  long endOffset();

  /** Bytes of segments that {@link #purge} has not let go. */
  long retainedBytes();

  /**
   * Frees segments whose every entry is at or below its group's position here; records of other
   * kinds that are still in force are carried forward first.
   */
  void purge(Map<ShardId, LogPosition> covered);

  Durability durability();

  /** Forces what is appended, writes a closing mark, closes the files. May be called twice. */
  @Override
  void close();

  /** What recovery found. */
  record Recovery(
      long records, long bytes, int segments, long tornBytes, boolean closedCleanly, long nanos) {}

  /** Told now and then how far a long piece of work has come. */
  @FunctionalInterface
  interface Progress {
    Progress SILENT = (done, total) -> {};

    void at(long doneBytes, long totalBytes);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.api.journal;

import io.distdb.api.ShardId;
import io.distdb.api.metrics.Metered;
import io.distdb.api.storage.LogPosition;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

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
   * Frees segments whose every entry is at or below its group's position here, in this call or in
   * an earlier one, and that no {@link #retain} holds; records of other kinds that are still in
   * force are carried forward first.
   */
  void purge(Map<ShardId, LogPosition> covered);

  /**
   * Holds every entry of {@code group} above {@code index} back from {@link #purge}. What is purged
   * already stays so: ask {@link #oldestIndex} afterwards.
   */
  Retention retain(ShardId group, long index);

  /** The lowest index of {@code group} that has not been purged; empty when there is no entry. */
  OptionalLong oldestIndex(ShardId group);

  /**
   * Reads entries from the files, each checked, in the order of the journal, while appends and
   * purges go on; an entry of an index that came before supersedes it. Nothing that is read is
   * purged before this returns. Any number of callers at a time.
   *
   * @param above indexes from {@code above + 1} on
   * @param through the last index; it was forced before the call
   * @throws io.distdb.api.error.DistDbException {@code OBJECT_NOT_IN_PREREQUISITE_STATE}: some of
   *     it was purged already; {@code DATA_CORRUPTED} with segment and byte. The visitor may have
   *     been given some of it
   */
  void read(ShardId group, long above, long through, Consumer<JournalRecord.Recovered> visitor);

  /**
   * From now on {@code listener} is told the offset through which the journal is written, by
   * whoever wrote, after each batch: it must be quick, and must not call the journal. There is one
   * listener.
   */
  void onWritten(LongConsumer listener);

  Durability durability();

  /** Forces what is appended, writes a closing mark, closes the files. May be called twice. */
  @Override
  void close();

  /** What recovery found. */
  record Recovery(
      long records, long bytes, int segments, long tornBytes, boolean closedCleanly, long nanos) {}

  /** Entries that are held back from {@link #purge}. */
  interface Retention extends AutoCloseable {
    /** Lets entries through {@code index} go at the next purge; a lower one changes nothing. */
    void advance(long index);

    /** Lets all go. May be called twice. */
    @Override
    void close();
  }

  /** Told now and then how far a long piece of work has come. */
  @FunctionalInterface
  interface Progress {
    Progress SILENT = (done, total) -> {};

    void at(long doneBytes, long totalBytes);
  }
}

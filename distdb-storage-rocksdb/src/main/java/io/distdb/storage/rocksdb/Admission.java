// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.LongConsumer;
import java.util.function.LongSupplier;

/**
 * Refuses writes before they are in the log: what was logged must be applied, and a full disk would
 * put that off. The disk must have room for what the write buffers hold, once for the flush and
 * once for the compaction after it, and some; a write that only deletes gets by with less, as it
 * takes a buffer too but makes room in the end. When it is the buffers that are in the way, a write
 * that is refused has them flushed, so that the next one may find room. Whoever else fills the disk
 * can still be faster: then the store refuses the batch, which is applied when there is room.
 * Thread-safe.
 */
final class Admission {
  private static final long SPARE_BYTES = 16 << 20;

  /** Growth after which the disk is asked again, while it has plenty of room. */
  private static final long ASK_EVERY_BYTES = 1 << 20;

  /** What a write counts for at least, as every one takes some of a buffer. */
  private static final long WRITE_BYTES_MIN = 256;

  private final Path directory;
  private final LongSupplier usableBytes;
  private final LongSupplier bufferedBytes;
  private final LongConsumer keeper;
  private final Runnable flushSoon;
  private final long budgetBytes;
  private final AtomicLong sinceAsked = new AtomicLong(ASK_EVERY_BYTES);
  private volatile boolean scarce;

  /**
   * @param usableBytes what the disk has left
   * @param bufferedBytes what write buffers hold
   * @param keeper of the reserve, is told what the disk has left
   * @param flushSoon begins to empty the write buffers, and does not wait for it
   */
  Admission(
      Path directory,
      long budgetBytes,
      LongSupplier usableBytes,
      LongSupplier bufferedBytes,
      LongConsumer keeper,
      Runnable flushSoon) {
    this.directory = directory;
    this.budgetBytes = budgetBytes;
    this.usableBytes = usableBytes;
    this.bufferedBytes = bufferedBytes;
    this.keeper = keeper;
    this.flushSoon = flushSoon;
  }

  static Admission of(Instance instance, long budgetBytes) {
    Path directory = instance.directory();
    return new Admission(
        directory,
        budgetBytes,
        () -> usableBytes(directory),
        () -> instance.property("rocksdb.cur-size-all-mem-tables"),
        instance.reserve()::keep,
        instance::flushSoon);
  }

  /**
   * @throws DistDbException {@code OUT_OF_MEMORY}: more than the whole budget at once; {@code
   *     DISK_FULL}: both with the sizes named
   */
  void admit(long growthBytes) {
    if (growthBytes > budgetBytes) {
      throw new DistDbException(
              ErrorCode.OUT_OF_MEMORY,
              "memory budget exceeded: this write takes about "
                  + growthBytes
                  + " bytes at once, the budget is "
                  + budgetBytes)
          .withHint("Write less in one transaction, or raise memory_budget.");
    }
    if (scarce || sinceAsked.addAndGet(Math.max(growthBytes, WRITE_BYTES_MIN)) >= ASK_EVERY_BYTES) {
      sinceAsked.set(0);
      askDisk(growthBytes);
    }
  }

  private void askDisk(long growthBytes) {
    long usable = usableBytes.getAsLong();
    keeper.accept(usable);
    long buffered = bufferedBytes.getAsLong();
    long needed =
        growthBytes <= 0 ? flushBytes(buffered) : 2 * (buffered + growthBytes) + SPARE_BYTES;
    scarce = usable < 4 * (buffered + SPARE_BYTES);
    if (usable < needed) {
      if (buffered > 0 && usable >= flushBytes(buffered)) {
        flushSoon.run();
      }
      throw new DistDbException(
              ErrorCode.DISK_FULL,
              "the disk of "
                  + directory
                  + " has "
                  + usable
                  + " bytes left, this write of about "
                  + growthBytes
                  + " and what is buffered need "
                  + needed)
          .withHint(
              "Free space on that disk; writes go on once there is room. What is buffered is being"
                  + " flushed, if that has room.");
    }
  }

  /**
   * Before a flush that can wait: one that fails would hold writes up, and the reads that would
   * have to see them.
   *
   * @throws DistDbException {@code DISK_FULL}
   */
  void admitFlush() {
    long usable = usableBytes.getAsLong();
    long buffered = bufferedBytes.getAsLong();
    long needed = flushBytes(buffered);
    if (usable < needed) {
      throw new DistDbException(
              ErrorCode.DISK_FULL,
              "the disk of "
                  + directory
                  + " has "
                  + usable
                  + " bytes left, a checkpoint may need "
                  + needed)
          .withHint("Free space on that disk; the earlier checkpoint stands, and the journal.");
    }
  }

  private static long flushBytes(long buffered) {
    return buffered + SPARE_BYTES / 2;
  }

  private static long usableBytes(Path directory) {
    try {
      return Files.getFileStore(directory).getUsableSpace();
    } catch (IOException unknown) {
      throw new DistDbException(
          ErrorCode.IO_ERROR,
          "the free space of " + directory + " is not known: " + unknown.getMessage(),
          unknown);
    }
  }
}

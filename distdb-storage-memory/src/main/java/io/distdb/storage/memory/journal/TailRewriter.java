// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import java.util.List;
import java.util.Optional;

/**
 * Begins the segment that follows a recovery, with a copy of what was not proven to be on the disk.
 * It becomes a segment only when the copy is forced, so a crash in between changes nothing.
 */
final class TailRewriter {
  private static final long DRAIN_BYTES = 1 << 20;

  private final SegmentFiles files;
  private final LiveRecords live;
  private final AppendBuffer buffer;

  TailRewriter(SegmentFiles files, LiveRecords live, AppendBuffer buffer) {
    this.files = files;
    this.live = live;
    this.buffer = buffer;
  }

  /** Leaves the buffer at the end of the new segment, which is published. */
  Segment rewrite(JournalRecovery.Found found, long epoch) {
    if (found.segments().isEmpty()) {
      return publish(prepare(new SegmentHeader(epoch, 0, epoch, 0, 0), SegmentHeader.BYTES));
    }
    Segment last = found.segments().getLast();
    SegmentReader reader = files.reader(last);
    SegmentHeader header;
    if (found.isLastUnproven()) {
      header = replacing(last.header, found, epoch);
    } else {
      while (reader.offset() < found.proven()) {
        requireReadAgain(reader.advance(), last, reader);
      }
      long oldest = found.segments().getFirst().header.epoch();
      header =
          new SegmentHeader(epoch, last.header.epoch(), oldest, found.proven(), reader.chain());
    }
    Segment next = prepare(header, SegmentHeader.BYTES + found.end() - reader.offset());
    copy(last, reader, found, next);
    return publish(next);
  }

  /** It was whole a moment ago: the disk hands out what it does not hold. */
  private void requireReadAgain(boolean whole, Segment segment, SegmentReader reader) {
    if (!whole) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the journal segment "
                  + files.where(segment.header.epoch())
                  + " reads otherwise the second time, at byte "
                  + reader.position())
          .withHint("The disk or its cable may be failing. Nothing was changed.");
    }
  }

  /**
   * Nothing in the last segment proves that it was ever forced, so it is not known either whether
   * its name is on the disk (forcing the directory may have failed): the new one takes its place.
   */
  private static SegmentHeader replacing(
      SegmentHeader last, JournalRecovery.Found found, long epoch) {
    boolean alone = found.segments().size() == 1;
    long oldest = alone ? epoch : found.segments().getFirst().header.epoch();
    return new SegmentHeader(epoch, last.previousEpoch(), oldest, last.base(), last.previousCrc());
  }

  private Segment prepare(SegmentHeader header, long bytes) {
    Segment next = files.prepareWithReserve(header, bytes);
    boolean complete = false;
    try {
      files.writeHeader(next);
      complete = true;
    } finally {
      if (!complete) {
        next.file.close();
      }
    }
    buffer.begin(next);
    return next;
  }

  /** Copies everything up to the end that was found; a shorter copy would lose records. */
  private void copy(Segment last, SegmentReader reader, JournalRecovery.Found found, Segment next) {
    long proven = next.endOffset();
    long drained = next.usedBytes();
    boolean complete = false;
    try {
      while (reader.offset() < found.end()) {
        requireReadAgain(reader.advance(), last, reader);
        Optional<JournalRecord> record = reader.record();
        if (record.isPresent()) {
          buffer.append(record.get(), RecordFormat.payloadBytes(record.get()), proven);
          live.note(record.get(), next);
        }
        if (next.usedBytes() - drained > DRAIN_BYTES) {
          drain();
          drained = next.usedBytes();
        }
      }
      drain();
      next.file.force();
      complete = true;
    } finally {
      if (!complete) {
        next.file.close();
      }
    }
  }

  private void drain() {
    List<AppendBuffer.Extent> batch = buffer.take();
    for (AppendBuffer.Extent extent : batch) {
      extent.segment().file.write(extent.position(), extent.bytes().flip());
    }
    buffer.giveBack(batch);
  }

  private Segment publish(Segment next) {
    boolean complete = false;
    try {
      files.publish(next);
      complete = true;
      return next;
    } finally {
      if (!complete) {
        next.file.close();
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/**
 * The segments, oldest first, and the records that are about to go into the last ones. Guarded by
 * the journal's lock; forces nothing. The last segments may exist here before {@link SegmentWriter}
 * has published them.
 */
final class SegmentChain {
  private final SegmentFiles files;
  private final JournalOptions options;
  private final LiveRecords live = new LiveRecords();
  private final AppendBuffer buffer = new AppendBuffer();
  private final List<Segment> segments = new ArrayList<>();
  private long nextEpoch;

  SegmentChain(SegmentFiles files, JournalOptions options) {
    this.files = files;
    this.options = options;
  }

  LiveRecords live() {
    return live;
  }

  /**
   * Begins a new segment behind what recovery found; it is published and on the disk.
   *
   * @return the new segment
   */
  Segment begin(JournalRecovery.Found found) {
    segments.addAll(found.segments());
    long lastEpoch = segments.isEmpty() ? 0 : segments.getLast().header.epoch();
    nextEpoch = 1 + Math.max(lastEpoch, files.collectFree());
    Segment next = new TailRewriter(files, live, buffer).rewrite(found, nextEpoch);
    nextEpoch++;
    if (found.isLastUnproven()) {
      Segment replaced = segments.removeLast();
      replaced.file.close();
      files.deleteLeftover(replaced.header.epoch());
    }
    found.leftovers().forEach(files::deleteLeftover);
    segments.add(next);
    return next;
  }

  long endOffset() {
    return buffer.endOffset();
  }

  long retainedBytes() {
    return buffer.endOffset() - segments.getFirst().header.base();
  }

  void append(JournalRecord record, int payloadBytes, long proven) {
    makeRoom(RecordFormat.recordBytes(payloadBytes));
    buffer.append(record, payloadBytes, proven);
    live.note(record, buffer.segment());
  }

  void appendClosingMark(long proven) {
    makeRoom(RecordFormat.recordBytes(0));
    buffer.appendClosingMark(proven);
  }

  private void makeRoom(long bytes) {
    if (buffer.hasRoom(bytes)) {
      return;
    }
    Segment segment = buffer.segment();
    long needed = segment.usedBytes() + bytes;
    if (needed <= options.segmentBytes() || segment.isEmpty()) {
      files.allocate(segment, options.allocation(segment.usedBytes(), needed));
    } else {
      roll(bytes);
    }
  }

  /** Goes on in another segment, which is published when its first record is written. */
  private void roll(long bytes) {
    Segment old = buffer.segment();
    SegmentHeader header =
        new SegmentHeader(
            nextEpoch,
            old.header.epoch(),
            segments.getFirst().header.epoch(),
            old.endOffset(),
            buffer.chain());
    long needed = SegmentHeader.BYTES + bytes;
    Segment next = files.prepare(header, options.allocation(SegmentHeader.BYTES, needed));
    nextEpoch++;
    segments.add(next);
    buffer.begin(next);
  }

  /** Hands over what was appended, to be written in order. */
  List<AppendBuffer.Extent> take() {
    return buffer.take();
  }

  void giveBack(List<AppendBuffer.Extent> written) {
    buffer.giveBack(written);
  }

  /**
   * Finds the oldest segments that are wholly covered, and appends again what is still in force in
   * them. They may go once that is on the disk.
   *
   * <p>The last segment goes too when it is covered and at least a quarter full: else a database
   * whose log never fills a segment would keep it for ever.
   */
  List<Segment> startPurge(Map<ShardId, LogPosition> covered, long proven) {
    int count = 0;
    while (count < segments.size() && segments.get(count).isCoveredBy(covered)) {
      count++;
    }
    if (count == segments.size() && !rollCovered(proven)) {
      count--;
    }
    List<Segment> covers = List.copyOf(segments.subList(0, count));
    if (!covers.isEmpty()) {
      for (JournalRecord record : live.toCarry(covers.getLast().header.epoch(), covered)) {
        append(record, RecordFormat.payloadBytes(record), proven);
      }
    }
    return covers;
  }

  private boolean rollCovered(long proven) {
    if (buffer.segment().usedBytes() < options.segmentBytes() / 4) {
      return false;
    }
    roll(RecordFormat.recordBytes(0));
    buffer.appendClosingMark(proven);
    return true;
  }

  /** Takes the oldest segment away; its file becomes {@code freeName}, or is gone when null. */
  void endPurge(String freeName) {
    segments.removeFirst();
    if (freeName != null) {
      files.recycle(freeName);
    }
  }

  /** Closes every file, after the last one was cut to what it holds if {@code cut}. */
  void close(boolean cut) {
    if (cut) {
      buffer.segment().file.truncate(buffer.segment().usedBytes());
    }
    for (Segment segment : segments) {
      segment.file.close();
    }
  }
}

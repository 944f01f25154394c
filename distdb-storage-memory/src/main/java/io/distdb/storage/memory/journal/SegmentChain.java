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
  private final HeldEntries held = new HeldEntries();
  private long nextEpoch;

  /** How many of the oldest segments are on their way out. */
  private int doomed;

  SegmentChain(SegmentFiles files, JournalOptions options) {
    this.files = files;
    this.options = options;
  }

  LiveRecords live() {
    return live;
  }

  HeldEntries held() {
    return held;
  }

  /**
   * Where entries of {@code group} above an index are: pieces of segments, oldest first.
   *
   * @param forced what lies behind this journal offset is left out
   */
  List<Piece> pieces(ShardId group, long above, long forced) {
    List<Piece> pieces = new ArrayList<>();
    for (int i = doomed; i < segments.size(); i++) {
      Segment segment = segments.get(i);
      boolean last = i + 1 == segments.size();
      long end = last ? forced : Math.min(forced, segments.get(i + 1).header.base());
      if (segment.highestEntry(group) > above && segment.header.base() < end) {
        pieces.add(new Piece(segment.header.epoch(), end));
      }
    }
    return pieces;
  }

  /** What lies in one segment below the journal offset {@code end}. */
  record Piece(long epoch, long end) {}

  /** {@link Long#MAX_VALUE} when there is none. */
  long oldestEntry(ShardId group) {
    long oldest = Long.MAX_VALUE;
    for (Segment segment : segments.subList(doomed, segments.size())) {
      oldest = Math.min(oldest, segment.lowestEntry(group));
    }
    return oldest;
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
   *
   * @param newlyCovered adds to what earlier purges covered; what is held stays all the same
   */
  List<Segment> startPurge(Map<ShardId, LogPosition> newlyCovered, long proven) {
    Map<ShardId, LogPosition> covered = held.toPurge(newlyCovered);
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
    doomed = count;
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
    doomed--;
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

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.nio.BufferUnderflowException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Reads a journal's directory.
 *
 * <p>A record that fails its checksum or the chain is either a <em>torn tail</em>, written but
 * never forced when the power went, or <em>damage</em>. Which one it is, the journal itself proves:
 * records and segment headers name an offset below which everything had been forced before they
 * were written. If a header, or a record found further on, names an offset above the bad place, the
 * place had been on the disk: damage, and nothing is cut. Otherwise the tail is cut there.
 *
 * <p>Nothing is ever cut in place. The next segment's base says that earlier segments end there; it
 * begins with a copy of what lay between the last proven offset and the end. So those records,
 * which were perhaps only in memory (a failed force leaves pages that look written and are not),
 * are in pages of their own before anyone relies on them, and no later record of the same epoch can
 * ever stand behind the cut.
 */
final class JournalRecovery {
  private static final Logger LOG = LoggerFactory.getLogger(JournalRecovery.class);
  private static final long PROGRESS_BYTES = 4 << 20;

  private final SegmentFiles files;
  private final LiveRecords live;
  private final Consumer<JournalRecord> visitor;
  private final Journal.Progress progress;

  private final List<Segment> segments = new ArrayList<>();
  private final List<Long> leftovers = new ArrayList<>();
  private long totalBytes;
  private long doneBytes;
  private long earlierSegmentsBytes;
  private long reportedBytes;
  private long records;
  private JournalRecord lastRecord;

  JournalRecovery(
      SegmentFiles files,
      LiveRecords live,
      Consumer<JournalRecord> visitor,
      Journal.Progress progress) {
    this.files = files;
    this.live = live;
    this.visitor = visitor;
    this.progress = progress;
  }

  /**
   * What was read.
   *
   * @param segments every segment, oldest first, their files open
   * @param leftovers epochs of files that belong to no segment any more
   * @param proven where the next segment must begin: everything below is on the disk
   * @param end where the records end
   */
  record Found(
      List<Segment> segments,
      List<Long> leftovers,
      long proven,
      long end,
      long records,
      long bytes,
      long tornBytes,
      boolean closedCleanly) {
    /** Whether the last segment holds nothing that is proven to be on the disk. */
    boolean isLastUnproven() {
      return !segments.isEmpty()
          && proven == segments.getLast().header.base() + SegmentHeader.BYTES;
    }
  }

  /** Reads everything; changes nothing on the disk. Closes the files when it fails. */
  Found read() {
    boolean complete = false;
    try {
      openAll();
      Found found = segments.isEmpty() ? nothing() : readAll();
      complete = true;
      return found;
    } finally {
      if (!complete) {
        segments.forEach(segment -> segment.file.close());
      }
    }
  }

  private static Found nothing() {
    return new Found(new ArrayList<>(), List.of(), 0, 0, 0, 0, 0, true);
  }

  /**
   * Opens the segments, newest first, each naming the one before it. Files between two of them were
   * replaced, and files older than what the newest says is kept were purged; a crash may bring
   * either kind back.
   */
  private void openAll() {
    List<Long> epochs = files.list();
    long noted = files.newestNoted();
    if (epochs.isEmpty() ? noted != NewestMark.NONE : epochs.getLast() < noted) {
      throw corrupted(
          "the journal segment "
              + files.where(noted)
              + " is missing: it was there when the journal was last written");
    }
    for (long epoch : epochs.reversed()) {
      SegmentHeader newer = segments.isEmpty() ? null : segments.getFirst().header;
      if (newer != null
          && (epoch > newer.previousEpoch() || epoch < segments.getLast().header.oldestEpoch())) {
        leftovers.add(epoch);
        continue;
      }
      if (newer != null && epoch < newer.previousEpoch()) {
        throw corrupted(
            "the journal segment "
                + files.where(newer.previousEpoch())
                + " is missing: "
                + files.where(newer.epoch())
                + " follows it");
      }
      Segment segment = files.openSegment(epoch);
      segments.addFirst(segment);
      totalBytes += segment.allocatedBytes();
    }
  }

  private Found readAll() {
    for (int i = 0; i + 1 < segments.size(); i++) {
      readForced(segments.get(i), segments.get(i + 1).header);
    }
    Segment last = segments.getLast();
    SegmentReader reader = files.reader(last);
    boolean mark = false;
    long markProves = 0;
    while (reader.advance()) {
      mark = !visit(reader, last);
      markProves = reader.proven();
    }
    boolean closed = mark && markProves == reader.offset() - RecordFormat.recordBytes(0);
    SegmentReader.Behind behind = reader.searchBehind();
    if (behind.damage()) {
      throw damaged(last, reader, totalBytes - doneBytes);
    }
    if (behind.bytes() > 0) {
      LOG.info(
          "cut {} bytes that were never forced off the end of {}, from byte {} on",
          behind.bytes(),
          files.where(last.header.epoch()),
          reader.position());
    }
    last.used(reader.position());
    progress.at(totalBytes, totalBytes);
    return new Found(
        segments,
        leftovers,
        reader.proven(),
        reader.offset(),
        records,
        doneBytes,
        behind.bytes(),
        closed);
  }

  /** Reads a segment that another one follows: it was forced up to the base of that one. */
  private void readForced(Segment segment, SegmentHeader next) {
    SegmentReader reader = files.reader(segment);
    while (reader.offset() < next.base() && reader.advance()) {
      visit(reader, segment);
    }
    if (reader.offset() != next.base() || reader.chain() != next.previousCrc()) {
      throw damaged(segment, reader, next.base() - reader.offset());
    }
    segment.used(reader.position());
    earlierSegmentsBytes += segment.allocatedBytes();
  }

  /** Hands the reader's record on; false when it is a closing mark. */
  private boolean visit(SegmentReader reader, Segment segment) {
    Optional<JournalRecord> record = record(reader, segment);
    doneBytes = earlierSegmentsBytes + reader.position();
    if (doneBytes - reportedBytes >= PROGRESS_BYTES) {
      reportedBytes = doneBytes;
      progress.at(doneBytes, totalBytes);
    }
    if (record.isEmpty()) {
      return false;
    }
    records++;
    lastRecord = record.get();
    live.note(record.get(), segment);
    visitor.accept(record.get());
    return true;
  }

  private Optional<JournalRecord> record(SegmentReader reader, Segment segment) {
    try {
      return reader.record();
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      throw damaged(segment, reader, totalBytes - doneBytes);
    }
  }

  private DistDbException damaged(Segment segment, SegmentReader reader, long bytesBehind) {
    return corrupted(
            "the journal segment "
                + files.where(segment.header.epoch())
                + " is damaged at byte "
                + reader.position()
                + " (journal offset "
                + reader.offset()
                + "), behind "
                + describeLast())
        .withDetail(
            "What lies there had been forced to the disk. Cutting the log there would lose about "
                + bytesBehind
                + " bytes of acknowledged records.");
  }

  private String describeLast() {
    return switch (lastRecord) {
      case null -> "its header, before any entry";
      case JournalRecord.Entry entry -> describe(entry.group(), entry.position());
      case JournalRecord.Recovered entry -> describe(entry.group(), entry.position());
      case JournalRecord.HardState state ->
          "the vote in term " + state.term() + " of shard " + state.group();
      case JournalRecord.Configuration configuration ->
          describe(configuration.group(), configuration.position());
      case JournalRecord.SnapshotInstalled snapshot ->
          describe(snapshot.group(), snapshot.position());
    };
  }

  private static String describe(ShardId group, LogPosition position) {
    return "index " + position.index() + " of shard " + group;
  }

  private static DistDbException corrupted(String message) {
    return new DistDbException(ErrorCode.DATA_CORRUPTED, message)
        .withHint("Restore the directory from a backup or from another replica.");
  }
}

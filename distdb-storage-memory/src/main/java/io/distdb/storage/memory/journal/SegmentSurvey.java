// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.nio.BufferUnderflowException;
import java.util.Optional;

/** Reads one segment for {@link JournalSurvey}, past damaged places. */
final class SegmentSurvey {
  private static final long PROGRESS_BYTES = 4 << 20;

  private final String where;
  private final DiskFile file;
  private final long epoch;
  private final JournalSurvey.Visitor visitor;
  private Journal.Progress progress = Journal.Progress.SILENT;
  private long doneBefore;
  private long total;
  private long reported;

  private SegmentReader reader;
  private long records;
  private long entries;
  private LogPosition first;
  private LogPosition last;
  private long usedBytes = SegmentHeader.BYTES;
  private SegmentReport.End end = SegmentReport.End.FOLLOWED;

  SegmentSurvey(String where, DiskFile file, long epoch, JournalSurvey.Visitor visitor) {
    this.where = where;
    this.file = file;
    this.epoch = epoch;
    this.visitor = visitor;
  }

  void reportTo(Journal.Progress listener, long done, long of) {
    progress = listener;
    doneBefore = done;
    total = of;
  }

  /** Nothing in it can be checked, so nothing in it is read. */
  void unreadable() {
    visitor.damage(
        new Damage(
            where,
            SegmentHeader.BYTES,
            Math.max(0, file.size() - SegmentHeader.BYTES),
            Damage.Kind.HEADER,
            "without its header no record of it can be checked"));
    usedBytes = file.size();
  }

  /**
   * Reads a segment that another one follows: all of it, up to the base of that, was on the disk.
   *
   * @param own whether the header is the file's, or was found by other means
   * @param next the next one's header; empty when that cannot be read
   */
  void readFollowed(SegmentHeader header, boolean own, Optional<SegmentHeader> next) {
    begin(header, own);
    if (next.isEmpty()) {
      readToEnd();
      usedBytes = reader.position();
      end = SegmentReport.End.FOLLOWED;
      return;
    }
    long limit = next.get().base() - header.base();
    boolean whole = true;
    while (reader.position() < limit) {
      if (reader.advance()) {
        visit();
      } else {
        whole = false;
        stepOver(limit);
      }
    }
    if (whole && (reader.position() != limit || reader.chain() != next.get().previousCrc())) {
      visitor.damage(
          new Damage(
              where,
              reader.recordAt(),
              reader.position() - reader.recordAt(),
              Damage.Kind.RECORD,
              "the records end with another one than the next segment says"));
    }
    usedBytes = limit;
    end = SegmentReport.End.FOLLOWED;
  }

  /**
   * Reads the last segment.
   *
   * @return bytes of a torn tail
   */
  long readLast(SegmentHeader header, boolean own) {
    begin(header, own);
    long torn = readToEnd();
    usedBytes = reader.position();
    if (torn > 0) {
      end = SegmentReport.End.TORN;
    }
    return torn;
  }

  private void begin(SegmentHeader header, boolean own) {
    reader = new SegmentReader(file, header, ChecksumCheck.EQUAL);
    if (!own) {
      reader.skipTo(SegmentHeader.BYTES + 1);
    }
  }

  private long readToEnd() {
    end = SegmentReport.End.OPEN;
    while (true) {
      while (reader.advance()) {
        visit();
      }
      SegmentReader.Behind behind = reader.searchBehind();
      if (!behind.damage()) {
        return behind.bytes();
      }
      stepOver(file.size());
    }
  }

  private void stepOver(long limit) {
    long from = reader.position();
    boolean more = reader.skipTo(limit);
    if (!more) {
      reader.jump(limit);
    } else if (reader.position() == from) {
      // The record itself is whole: it does not follow the one before it.
      visitor.damage(
          new Damage(
              where, from, 0, Damage.Kind.RECORD, "the record follows another one than it names"));
      return;
    }
    visitor.damage(
        new Damage(
            where,
            from,
            reader.position() - from,
            Damage.Kind.RECORD,
            "no whole record begins here, and what was here had been forced to the disk"));
  }

  private void visit() {
    long at = reader.recordAt();
    if (doneBefore + at - reported >= PROGRESS_BYTES) {
      reported = doneBefore + at;
      progress.at(reported, total);
    }
    Optional<JournalRecord> record;
    try {
      record = reader.record();
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      visitor.damage(
          new Damage(
              where,
              at,
              reader.position() - at,
              Damage.Kind.CONTENT,
              "the record is whole and no journal writes it: " + malformed.getMessage()));
      return;
    }
    records++;
    end = record.isEmpty() ? SegmentReport.End.CLOSED : SegmentReport.End.OPEN;
    if (record.isPresent()) {
      note(record.get());
      visitor.record(where, at, record.get());
    }
  }

  private void note(JournalRecord record) {
    if (record instanceof JournalRecord.Recovered entry) {
      entries++;
      first = first == null ? entry.position() : first;
      last = entry.position();
    }
  }

  long endOffset() {
    return reader == null ? 0 : reader.offset();
  }

  SegmentReport report(Optional<SegmentHeader> header) {
    return new SegmentReport(
        where,
        epoch,
        header.map(SegmentHeader::previousEpoch).orElse(0L),
        header.map(SegmentHeader::base).orElse(0L),
        file.size(),
        usedBytes,
        records,
        entries,
        Optional.ofNullable(first),
        Optional.ofNullable(last),
        end);
  }
}

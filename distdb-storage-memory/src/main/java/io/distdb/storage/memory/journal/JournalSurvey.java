// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.Disk;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.JournalReport;
import io.distdb.api.inspect.SegmentReport;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Reads a journal's directory as far as it can be read, and changes nothing: {@link
 * JournalRecovery}'s rules and readers, but damage is told and stepped over.
 *
 * <p>Of a directory in use it sees a state while it changes: the last segment may end within a
 * record that is being written, which looks like a torn tail, and old segments may vanish.
 */
public final class JournalSurvey {
  /** How far above what its first record proves a segment can begin. */
  private static final long BASE_SEARCH_BYTES = 64 << 20;

  private final Disk disk;
  private final SegmentFiles files;
  private final Visitor visitor;
  private final Journal.Progress progress;

  /** Oldest first; each with its header, or, when that cannot be read, without. */
  private final List<Found> found = new ArrayList<>();

  private final List<String> leftovers = new ArrayList<>();

  private JournalSurvey(Disk disk, Visitor visitor, Journal.Progress progress) {
    this.disk = disk;
    this.files = new SegmentFiles(disk, JournalOptions.DEFAULT, ChecksumCheck.EQUAL);
    this.visitor = visitor;
    this.progress = progress;
  }

  /** Is told what is there, in the order of the journal. */
  public interface Visitor {
    /**
     * A record that is whole.
     *
     * @param file of the segment
     * @param offset where the record begins in it
     */
    void record(String file, long offset, JournalRecord record);

    /** A damaged place: the records behind it follow. */
    void damage(Damage damage);
  }

  /** A segment's file. */
  private record Found(long epoch, DiskFile file, Optional<SegmentHeader> header) {}

  /**
   * Reads everything. A file that vanishes meanwhile is an {@code UNDEFINED_FILE}: look again.
   *
   * @param disk the journal's own directory, which need not exist
   */
  public static JournalReport read(Disk disk, Visitor visitor, Journal.Progress progress) {
    JournalSurvey survey = new JournalSurvey(disk, visitor, progress);
    try {
      survey.openAll();
      return survey.readAll();
    } finally {
      survey.found.forEach(each -> each.file.close());
    }
  }

  private List<Long> epochs() {
    List<Long> epochs = new ArrayList<>();
    for (String name : disk.list("")) {
      if (SegmentFiles.isSegment(name)) {
        try {
          epochs.add(files.epochOf(name));
        } catch (DistDbException foreign) {
          visitor.damage(
              Damage.of(
                  disk.location() + "/" + name,
                  Damage.Kind.FOREIGN_FILE,
                  "its name is not that of a journal segment"));
        }
      }
    }
    return epochs;
  }

  /** As {@link JournalRecovery}: newest first, each naming the one before it. */
  private void openAll() {
    List<Long> epochs = epochs();
    long noted = files.newestNoted();
    if (epochs.isEmpty() ? noted != NewestMark.NONE : epochs.getLast() < noted) {
      missing(noted, "it was there when the journal was last written");
    }
    Optional<SegmentHeader> newer = Optional.empty();
    for (long epoch : epochs.reversed()) {
      if (newer.isPresent() && isLeftover(epoch, newer.get())) {
        leftovers.add(files.where(epoch));
        continue;
      }
      if (newer.isPresent() && epoch < newer.get().previousEpoch()) {
        missing(
            newer.get().previousEpoch(), SegmentFiles.name(newer.get().epoch()) + " follows it");
      }
      Found segment = open(epoch);
      found.addFirst(segment);
      newer = segment.header;
    }
  }

  private boolean isLeftover(long epoch, SegmentHeader newer) {
    Optional<SegmentHeader> newest = found.getLast().header;
    return epoch > newer.previousEpoch()
        || (newest.isPresent() && epoch < newest.get().oldestEpoch());
  }

  private void missing(long epoch, String because) {
    visitor.damage(
        Damage.of(
            files.where(epoch),
            Damage.Kind.MISSING_FILE,
            "the journal segment is missing: " + because));
  }

  private Found open(long epoch) {
    DiskFile file = disk.open(SegmentFiles.name(epoch));
    try {
      SegmentHeader header =
          SegmentHeader.decode(SegmentFiles.headerBytes(file), files.where(epoch));
      if (header.epoch() == epoch) {
        return new Found(epoch, file, Optional.of(header));
      }
      visitor.damage(
          headerDamage(
              epoch, Damage.Kind.HEADER, "its header is that of number " + header.epoch()));
    } catch (DistDbException refused) {
      visitor.damage(
          headerDamage(
              epoch,
              refused.code() == ErrorCode.INCOMPATIBLE_FORMAT
                  ? Damage.Kind.NEWER_FORMAT
                  : Damage.Kind.HEADER,
              refused.getMessage()));
    }
    return new Found(epoch, file, Optional.empty());
  }

  private Damage headerDamage(long epoch, Damage.Kind kind, String what) {
    return new Damage(files.where(epoch), 0, SegmentHeader.BYTES, kind, what);
  }

  private JournalReport readAll() {
    long total = 0;
    for (Found segment : found) {
      total += segment.file.size();
    }
    List<SegmentReport> reports = new ArrayList<>();
    long done = 0;
    long end = 0;
    long torn = 0;
    for (int i = 0; i < found.size(); i++) {
      Found segment = found.get(i);
      SegmentSurvey survey =
          new SegmentSurvey(files.where(segment.epoch), segment.file, segment.epoch, visitor);
      survey.reportTo(progress, done, total);
      Optional<SegmentHeader> header = segment.header.isPresent() ? segment.header : guess(i, end);
      if (header.isEmpty()) {
        survey.unreadable();
      } else if (i + 1 < found.size()) {
        survey.readFollowed(header.get(), segment.header.isPresent(), found.get(i + 1).header);
      } else {
        torn = survey.readLast(header.get(), segment.header.isPresent());
      }
      reports.add(survey.report(header));
      end = Math.max(end, survey.endOffset());
      done += segment.file.size();
    }
    progress.at(total, total);
    return new JournalReport(reports, leftovers, files.newestNoted(), torn);
  }

  /** The header of the segment at {@code place}, whose own cannot be read. */
  private Optional<SegmentHeader> guess(int place, long endBefore) {
    Found segment = found.get(place);
    long previous = place == 0 ? 0 : found.get(place - 1).epoch;
    LostHeader lost = new LostHeader(segment.file, segment.epoch, previous);
    long size = segment.file.size() & -RecordFormat.ALIGNMENT;
    if (place > 0) {
      long least = found.get(place - 1).header.map(SegmentHeader::base).orElse(0L);
      return lost.find(least, endBefore);
    }
    if (found.size() > 1 && found.get(1).header.isPresent()) {
      long to = found.get(1).header.get().base();
      return lost.find(Math.max(0, to - size), to);
    }
    long least = Math.max(0, lost.proven() - SegmentHeader.BYTES) & -RecordFormat.ALIGNMENT;
    return lost.find(least, least + BASE_SEARCH_BYTES);
  }
}

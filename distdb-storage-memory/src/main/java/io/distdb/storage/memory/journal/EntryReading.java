// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.JournalRecord;
import java.nio.BufferUnderflowException;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * Reads a group's entries back from segments that others go on filling. Only what was forced before
 * is looked at, which nobody changes any more; whoever makes this has seen to it that the segments
 * are held. Used by one thread, outside of the journal's lock.
 */
final class EntryReading {
  private final SegmentFiles files;
  private final ShardId group;
  private final long above;
  private final long through;
  private final Consumer<JournalRecord.Recovered> visitor;
  private long last;

  EntryReading(
      SegmentFiles files,
      ShardId group,
      long above,
      long through,
      Consumer<JournalRecord.Recovered> visitor) {
    this.files = files;
    this.group = group;
    this.above = above;
    this.through = through;
    this.visitor = visitor;
    this.last = above;
  }

  void read(List<SegmentChain.Piece> pieces) {
    for (SegmentChain.Piece piece : pieces) {
      if (last >= through) {
        return;
      }
      read(piece);
    }
    if (last < through) {
      throw purged(through + 1);
    }
  }

  private void read(SegmentChain.Piece piece) {
    Segment segment = files.openSegment(piece.epoch());
    try {
      SegmentReader reader = files.reader(segment);
      while (last < through && reader.offset() < piece.end()) {
        if (!reader.advance()) {
          throw damaged(piece, reader);
        }
        if (record(piece, reader).orElse(null) instanceof JournalRecord.Recovered entry) {
          take(entry);
        }
      }
    } finally {
      segment.file.close();
    }
  }

  private Optional<JournalRecord> record(SegmentChain.Piece piece, SegmentReader reader) {
    try {
      return reader.record();
    } catch (IllegalArgumentException | BufferUnderflowException malformed) {
      throw damaged(piece, reader);
    }
  }

  private void take(JournalRecord.Recovered entry) {
    long index = entry.position().index();
    if (!entry.group().equals(group) || index <= above) {
      return;
    }
    if (index > last + 1) {
      throw purged(index);
    }
    if (index <= through) {
      last = index;
      visitor.accept(entry);
    }
  }

  private DistDbException purged(long found) {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "the journal has purged the log of shard "
                + group
                + " from index "
                + (last + 1)
                + " to index "
                + (found - 1))
        .withHint("Read it from the archive of the log, if there is one (archive_dir).");
  }

  private DistDbException damaged(SegmentChain.Piece piece, SegmentReader reader) {
    return new DistDbException(
            ErrorCode.DATA_CORRUPTED,
            "the journal segment "
                + files.where(piece.epoch())
                + " is damaged at byte "
                + reader.position()
                + " (journal offset "
                + reader.offset()
                + "), behind index "
                + last
                + " of shard "
                + group)
        .withHint("Take a full backup, which does not need it; then look at the disk.");
  }
}

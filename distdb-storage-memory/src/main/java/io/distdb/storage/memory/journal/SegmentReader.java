// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.DiskFile;
import io.distdb.api.journal.JournalRecord;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/** Reads the records of one segment in order, through a window that grows with the largest. */
final class SegmentReader {
  private static final int WINDOW_BYTES = 1 << 20;

  private final DiskFile file;
  private final SegmentHeader header;
  private final long fileBytes;
  private final ChecksumCheck check;
  private final CRC32C crc = new CRC32C();

  private ByteBuffer window;
  private long windowStart;

  private long position = SegmentHeader.BYTES;
  private int chain;
  private long proven;
  private int recordStart;

  SegmentReader(DiskFile file, SegmentHeader header, ChecksumCheck check) {
    this.file = file;
    this.header = header;
    this.check = check;
    this.fileBytes = file.size();
    this.chain = header.crc();
    this.proven = header.base() + SegmentHeader.BYTES;
    this.window =
        ByteBuffer.allocate((int) Math.min(WINDOW_BYTES, Math.max(fileBytes, 64))).limit(0);
  }

  /** Journal offset behind the last good record. */
  long offset() {
    return header.base() + position;
  }

  /** The same, from the start of the file. */
  long position() {
    return position;
  }

  long fileBytes() {
    return fileBytes;
  }

  /** The CRC field of the last good record, or of the header. */
  int chain() {
    return chain;
  }

  /** The highest offset that a header or a good record so far proves to be on the disk. */
  long proven() {
    return proven;
  }

  /**
   * Moves behind the next record.
   *
   * @return false when no good record begins here
   */
  boolean advance() {
    long bytes = checkedBytes(position);
    if (bytes < 0
        || !check.follows(window.getInt(inWindow(position) + RecordFormat.PREVIOUS_AT), chain)) {
      return false;
    }
    recordStart = inWindow(position);
    chain = window.getInt(recordStart);
    proven = Math.max(proven, window.getLong(recordStart + RecordFormat.PROVEN_AT));
    position += bytes;
    return true;
  }

  /** Where the record that {@link #advance} went past begins, from the start of the file. */
  long recordAt() {
    return windowStart + recordStart;
  }

  /**
   * Goes on behind a place where no good record begins: moves to the next place where one does,
   * whatever the record before it was.
   *
   * @param limit the record must begin below, from the start of the file
   * @return false when there is none; the reader stays where it was
   */
  boolean skipTo(long limit) {
    for (long at = position; at < limit; at += RecordFormat.ALIGNMENT) {
      if (checkedBytes(at) >= 0) {
        position = at;
        chain = window.getInt(inWindow(at) + RecordFormat.PREVIOUS_AT);
        return true;
      }
    }
    return false;
  }

  /** Moves to a place without looking at it. Nothing is known of the record before it. */
  void jump(long place) {
    position = place;
  }

  /** The record that {@link #advance} went past; empty for a closing mark. */
  Optional<JournalRecord> record() {
    return RecordFormat.read(window, recordStart);
  }

  /**
   * What lies behind a place where no good record begins. A record further on that proves an offset
   * above that place shows damage: the place had been forced before that record was written. If
   * there is none, whatever lies there had never been acknowledged as forced, as far as the file
   * can tell.
   */
  Behind searchBehind() {
    long end = 0;
    for (long at = position; at + RecordFormat.HEADER_BYTES <= fileBytes; ) {
      long bytes = checkedBytes(at);
      if (bytes < 0) {
        at += RecordFormat.ALIGNMENT;
        continue;
      }
      if (window.getLong(inWindow(at) + RecordFormat.PROVEN_AT) > offset()) {
        return new Behind(true, at + bytes - position);
      }
      at += bytes;
      end = at;
    }
    return new Behind(false, end == 0 ? brokenBytes() : end - position);
  }

  /** Size of the record that was begun here, as its length field has it; 0 when none was. */
  private long brokenBytes() {
    if (!load(position, RecordFormat.HEADER_BYTES)) {
      return 0;
    }
    int previous = window.getInt(inWindow(position) + RecordFormat.PREVIOUS_AT);
    if (previous != chain) {
      return wholeButForChain(previous);
    }
    int payload = window.getInt(inWindow(position) + RecordFormat.LENGTH_AT);
    return Math.min(RecordFormat.recordBytes(Math.max(0, payload)), fileBytes - position);
  }

  /** Size of the record here if all that is wrong with it is its link to the one before, else 0. */
  private long wholeButForChain(int previous) {
    window.putInt(inWindow(position) + RecordFormat.PREVIOUS_AT, chain);
    long bytes = checkedBytes(position);
    window.putInt(inWindow(position) + RecordFormat.PREVIOUS_AT, previous);
    return Math.max(0, bytes);
  }

  record Behind(boolean damage, long bytes) {}

  /** The size of the record at {@code at} if its checksum holds there, else -1. */
  private long checkedBytes(long at) {
    if (!load(at, RecordFormat.HEADER_BYTES)) {
      return -1;
    }
    int start = inWindow(at);
    int payload = window.getInt(start + RecordFormat.LENGTH_AT);
    byte kind = window.get(start + RecordFormat.KIND_AT);
    if (payload < 0 || kind < RecordFormat.ENTRY || kind > RecordFormat.JOINT_CONFIGURATION) {
      return -1;
    }
    long bytes = RecordFormat.recordBytes(payload);
    if (!load(at, bytes)) {
      return -1;
    }
    start = inWindow(at);
    int seed = RecordFormat.seed(header.epoch(), header.base() + at);
    int written = window.getInt(start);
    int computed = RecordFormat.checksum(crc, window, start, start + (int) bytes, seed);
    return check.holds(written, computed) ? bytes : -1;
  }

  private int inWindow(long at) {
    return (int) (at - windowStart);
  }

  /** Makes the window hold these bytes; false when the file is too short. */
  private boolean load(long at, long bytes) {
    if (at >= windowStart && at + bytes <= windowStart + window.limit()) {
      return true;
    }
    if (at + bytes > fileBytes || bytes > Integer.MAX_VALUE - 8) {
      return false;
    }
    if (bytes > window.capacity()) {
      window = ByteBuffer.allocate((int) bytes);
    }
    window.clear();
    windowStart = at;
    int read = file.read(at, window);
    window.flip();
    return read >= bytes;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.disk.DiskFile;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.zip.CRC32C;

/**
 * Finds a segment's base when its header cannot be read. Everything else in a header is of no use
 * to a reader, and without the base no record can be checked.
 *
 * <p>The idea: a record's checksum is a CRC XOR a seed of epoch and offset ({@link RecordFormat}).
 * The epoch is in the file's name, so the first record gives the seed of its offset, and of all
 * offsets where the segment can begin only the right one has it: the odds are one in 2^32 for each
 * other one, and the second record must agree as well.
 */
final class LostHeader {
  private final DiskFile file;
  private final long epoch;
  private final long previousEpoch;

  LostHeader(DiskFile file, long epoch, long previousEpoch) {
    this.file = file;
    this.epoch = epoch;
    this.previousEpoch = previousEpoch;
  }

  /**
   * A header with the right base and epoch, from which records can be read after {@link
   * SegmentReader#skipTo}.
   *
   * @param from the least base that is possible, a multiple of 8
   * @param to the greatest
   * @return empty when the first record is damaged, too, or there is none
   */
  Optional<SegmentHeader> find(long from, long to) {
    ByteBuffer first = firstRecord();
    if (first == null) {
      return Optional.empty();
    }
    int seed = first.getInt(0) ^ RecordFormat.checksum(new CRC32C(), first, 0, first.limit(), 0);
    for (long base = to & -RecordFormat.ALIGNMENT; base >= from; base -= RecordFormat.ALIGNMENT) {
      if (RecordFormat.seed(epoch, base + SegmentHeader.BYTES) == seed && agrees(base)) {
        return Optional.of(header(base));
      }
    }
    return Optional.empty();
  }

  /** What the first record says was on the disk before it; 0 when there is none. */
  long proven() {
    ByteBuffer first = firstRecord();
    return first == null ? 0 : first.getLong(RecordFormat.PROVEN_AT);
  }

  private SegmentHeader header(long base) {
    return new SegmentHeader(epoch, previousEpoch, 0, base, 0);
  }

  /** Whether all is well with the second record, if the file goes on with one. */
  private boolean agrees(long base) {
    SegmentReader reader = new SegmentReader(file, header(base), ChecksumCheck.EQUAL);
    if (!reader.skipTo(SegmentHeader.BYTES + 1) || !reader.advance()) {
      return false;
    }
    ByteBuffer next = ByteBuffer.allocate(RecordFormat.HEADER_BYTES);
    file.read(reader.position(), next);
    next.flip();
    boolean another =
        next.remaining() == RecordFormat.HEADER_BYTES
            && next.getInt(RecordFormat.PREVIOUS_AT) == reader.chain();
    return !another || reader.advance();
  }

  private ByteBuffer firstRecord() {
    ByteBuffer header = ByteBuffer.allocate(RecordFormat.HEADER_BYTES);
    if (file.read(SegmentHeader.BYTES, header) < RecordFormat.HEADER_BYTES) {
      return null;
    }
    int payload = header.getInt(RecordFormat.LENGTH_AT);
    long bytes = RecordFormat.recordBytes(Math.max(0, payload));
    if (payload < 0 || bytes > file.size() - SegmentHeader.BYTES || bytes > Integer.MAX_VALUE) {
      return null;
    }
    ByteBuffer record = ByteBuffer.allocate((int) bytes);
    file.read(SegmentHeader.BYTES, record);
    return record.flip();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.journal.JournalRecord;
import java.nio.ByteBuffer;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.CRC32C;

/**
 * Records on their way to the files: encoded, with their place and checksum final, not yet written.
 * Guarded by the journal's lock; a batch that was taken belongs to who took it.
 */
final class AppendBuffer {
  private static final int BUFFER_BYTES = 256 << 10;
  private static final int SPARE_BUFFERS_MAX = 4;

  private final CRC32C crc = new CRC32C();
  private final ArrayDeque<ByteBuffer> spareBuffers = new ArrayDeque<>();
  private List<Extent> extents = new ArrayList<>();
  private List<Extent> spareList = new ArrayList<>();
  private Extent last;
  private Segment segment;
  private int chain;

  /** Bytes to be written at one place of one segment. */
  record Extent(Segment segment, long position, ByteBuffer bytes) {}

  /** Goes on with a new segment. */
  void begin(Segment next) {
    segment = next;
    chain = next.header.crc();
    last = null;
  }

  /** The segment into which the next record goes. */
  Segment segment() {
    return segment;
  }

  int chain() {
    return chain;
  }

  long endOffset() {
    return segment.endOffset();
  }

  boolean hasRoom(long bytes) {
    return segment.usedBytes() + bytes <= segment.allocatedBytes();
  }

  /**
   * Adds a record, for which there is room. An exception from its payload leaves everything as it
   * was.
   */
  void append(JournalRecord record, int payloadBytes, long proven) {
    ByteBuffer target = target(RecordFormat.recordBytes(payloadBytes));
    int start = target.position();
    boolean complete = false;
    try {
      RecordFormat.put(target, record, payloadBytes, chain, proven);
      complete = true;
    } finally {
      if (!complete) {
        target.position(start);
      }
    }
    seal(target, start);
  }

  void appendClosingMark(long proven) {
    ByteBuffer target = target(RecordFormat.recordBytes(0));
    int start = target.position();
    RecordFormat.putClosingMark(target, chain, proven);
    seal(target, start);
  }

  private void seal(ByteBuffer target, int start) {
    int end = target.position();
    int seed = RecordFormat.seed(segment.header.epoch(), segment.endOffset());
    chain = RecordFormat.checksum(crc, target, start, end, seed);
    target.putInt(start, chain);
    segment.used(segment.usedBytes() + end - start);
  }

  private ByteBuffer target(long bytes) {
    if (last == null || last.bytes.remaining() < bytes) {
      last = new Extent(segment, segment.usedBytes(), buffer(bytes));
      extents.add(last);
    }
    return last.bytes;
  }

  private ByteBuffer buffer(long bytes) {
    if (bytes > BUFFER_BYTES) {
      return ByteBuffer.allocate(Math.toIntExact(bytes));
    }
    ByteBuffer spare = spareBuffers.poll();
    return spare == null ? ByteBuffer.allocateDirect(BUFFER_BYTES) : spare;
  }

  /** Hands everything added so far over, to be written in order. */
  List<Extent> take() {
    List<Extent> taken = extents;
    extents = spareList == null ? new ArrayList<>() : spareList;
    spareList = null;
    last = null;
    return taken;
  }

  /** Takes back what {@link #take} gave, once it is written. */
  void giveBack(List<Extent> written) {
    for (Extent extent : written) {
      if (extent.bytes.isDirect() && spareBuffers.size() < SPARE_BUFFERS_MAX) {
        spareBuffers.add(extent.bytes.clear());
      }
    }
    written.clear();
    spareList = written;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.storage.LogPosition;
import java.util.HashMap;
import java.util.Map;

/**
 * One segment file, and the highest index it holds of each group. Guarded by the journal's lock,
 * but for what is final.
 */
final class Segment {
  final SegmentHeader header;
  final DiskFile file;

  /** The name of the file until it is made a segment. */
  final String preparedName;

  private final Map<ShardId, HighestIndex> highest = new HashMap<>();
  private HighestIndex lastUsed;
  private long allocatedBytes;
  private long usedBytes = SegmentHeader.BYTES;

  Segment(SegmentHeader header, DiskFile file, String preparedName, long allocatedBytes) {
    this.header = header;
    this.file = file;
    this.preparedName = preparedName;
    this.allocatedBytes = allocatedBytes;
  }

  /** Bytes at the front of the file that can be written without growing it. */
  long allocatedBytes() {
    return allocatedBytes;
  }

  void allocated(long bytes) {
    allocatedBytes = bytes;
  }

  /** Where the next record goes, in bytes from the start of the file. */
  long usedBytes() {
    return usedBytes;
  }

  void used(long bytes) {
    usedBytes = bytes;
  }

  boolean isEmpty() {
    return usedBytes == SegmentHeader.BYTES;
  }

  long endOffset() {
    return header.base() + usedBytes;
  }

  void holds(ShardId group, long index) {
    HighestIndex of = lastUsed;
    if (of == null || !of.group.equals(group)) {
      of = highest.computeIfAbsent(group, HighestIndex::new);
      lastUsed = of;
    }
    of.index = Math.max(of.index, index);
  }

  /** Whether no group has an entry here above its position in {@code covered}. */
  boolean isCoveredBy(Map<ShardId, LogPosition> covered) {
    for (HighestIndex of : highest.values()) {
      LogPosition position = covered.get(of.group);
      if (position == null || position.index() < of.index) {
        return false;
      }
    }
    return true;
  }

  private static final class HighestIndex {
    private final ShardId group;
    private long index;

    private HighestIndex(ShardId group) {
      this.group = group;
    }
  }
}

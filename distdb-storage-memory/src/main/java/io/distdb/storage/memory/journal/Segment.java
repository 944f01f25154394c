// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.disk.DiskFile;
import io.distdb.api.storage.LogPosition;
import java.util.HashMap;
import java.util.Map;

/**
 * One segment file, and the lowest and the highest index it holds of each group. Guarded by the
 * journal's lock, but for what is final.
 */
final class Segment {
  final SegmentHeader header;
  final DiskFile file;

  /** The name of the file until it is made a segment. */
  final String preparedName;

  private final Map<ShardId, IndexRange> indexes = new HashMap<>();
  private IndexRange lastUsed;
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

  /** Notes a record of {@code group} that is no entry. */
  void holds(ShardId group, long index) {
    IndexRange of = range(group);
    of.highest = Math.max(of.highest, index);
  }

  void holdsEntry(ShardId group, long index) {
    IndexRange of = range(group);
    of.highest = Math.max(of.highest, index);
    of.lowestEntry = Math.min(of.lowestEntry, index);
    of.highestEntry = Math.max(of.highestEntry, index);
  }

  private IndexRange range(ShardId group) {
    IndexRange of = lastUsed;
    if (of == null || !of.group.equals(group)) {
      of = indexes.computeIfAbsent(group, IndexRange::new);
      lastUsed = of;
    }
    return of;
  }

  /** The lowest index of the group's entries here; {@link Long#MAX_VALUE} when it has none. */
  long lowestEntry(ShardId group) {
    IndexRange of = indexes.get(group);
    return of == null ? Long.MAX_VALUE : of.lowestEntry;
  }

  /** The highest index of the group's entries here; -1 when it has none. */
  long highestEntry(ShardId group) {
    IndexRange of = indexes.get(group);
    return of == null ? -1 : of.highestEntry;
  }

  /** Whether no group has a record here above its position in {@code covered}. */
  boolean isCoveredBy(Map<ShardId, LogPosition> covered) {
    for (IndexRange of : indexes.values()) {
      LogPosition position = covered.get(of.group);
      if (position == null || position.index() < of.highest) {
        return false;
      }
    }
    return true;
  }

  private static final class IndexRange {
    private final ShardId group;
    private long highest;
    private long lowestEntry = Long.MAX_VALUE;
    private long highestEntry = -1;

    private IndexRange(ShardId group) {
      this.group = group;
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import java.util.List;

/** Writes batches to the segments and forces them. Used by one thread at a time. */
final class SegmentWriter {
  private final SegmentFiles files;
  private final ForceCounters counters;
  private Segment current;

  SegmentWriter(SegmentFiles files, ForceCounters counters) {
    this.files = files;
    this.counters = counters;
  }

  /** Goes on in a segment that is published. */
  void begin(Segment segment) {
    current = segment;
  }

  /** The newest published segment. */
  Segment current() {
    return current;
  }

  /** Writes a batch; with {@code toDisk}, everything so far is on the disk afterwards. */
  void write(List<AppendBuffer.Extent> batch, boolean toDisk) {
    for (AppendBuffer.Extent extent : batch) {
      if (extent.segment() != current) {
        publish(extent.segment());
      }
      counters.wrote(extent.bytes().flip().remaining());
      extent.segment().file.write(extent.position(), extent.bytes());
    }
    if (toDisk) {
      force();
    }
  }

  /** A header proves everything below its base forced, so that comes first. */
  private void publish(Segment next) {
    force();
    files.writeHeader(next);
    files.publish(next);
    current = next;
  }

  private void force() {
    long began = counters.begin();
    current.file.force();
    counters.forced(began);
  }
}

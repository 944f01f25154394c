// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import java.util.List;

/**
 * A journal's directory.
 *
 * @param segments oldest first
 * @param leftovers files of segments that were replaced or purged, which the next opening deletes
 * @param notedEpoch the epoch in the file {@code newest}; 0 when it says nothing
 * @param tornBytes behind the end, written and never acknowledged; the next opening cuts them
 */
public record JournalReport(
    List<SegmentReport> segments, List<String> leftovers, long notedEpoch, long tornBytes) {
  public JournalReport {
    segments = List.copyOf(segments);
    leftovers = List.copyOf(leftovers);
  }

  /** Records that can be read. */
  public long records() {
    return segments.stream().mapToLong(SegmentReport::records).sum();
  }

  /** Size of all segments' files. */
  public long fileBytes() {
    return segments.stream().mapToLong(SegmentReport::fileBytes).sum();
  }
}

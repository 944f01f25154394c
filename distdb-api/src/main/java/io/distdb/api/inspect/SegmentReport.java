// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import io.distdb.api.storage.LogPosition;
import java.util.Optional;

/**
 * One journal segment.
 *
 * @param fileBytes size of the file
 * @param usedBytes header and records, those that cannot be read included
 * @param records that could be read, of every kind
 * @param entries how many of them are entries of the log
 * @param first position of the first entry
 * @param last position of the last entry
 */
public record SegmentReport(
    String file,
    long epoch,
    long previousEpoch,
    long base,
    long fileBytes,
    long usedBytes,
    long records,
    long entries,
    Optional<LogPosition> first,
    Optional<LogPosition> last,
    End end) {
  /** How a segment ends. */
  public enum End {
    /** Another segment follows. */
    FOLLOWED,
    /** It is the last, and a closing mark says that nothing is missing. */
    CLOSED,
    /** It is the last, and has no closing mark: the process is there still, or was killed. */
    OPEN,
    /** It is the last, and what was being written when the process ended is there in part. */
    TORN
  }
}

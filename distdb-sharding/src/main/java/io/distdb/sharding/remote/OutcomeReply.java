// SPDX-License-Identifier: MIT
package io.distdb.sharding.remote;

import io.distdb.api.Bytes;
import io.distdb.api.txn.CommitOutcome;

/** What became of a commit. */
public record OutcomeReply(CommitOutcome outcome) {
  private static final byte COMMITTED = 0;
  private static final byte ABORTED = 1;
  private static final byte UNKNOWN = 2;

  public Bytes encode() {
    byte kind =
        switch (outcome) {
          case CommitOutcome.Committed committed -> COMMITTED;
          case CommitOutcome.Aborted aborted -> ABORTED;
          case CommitOutcome.Unknown unknown -> UNKNOWN;
        };
    long timestamp = outcome instanceof CommitOutcome.Committed(long committed) ? committed : 0;
    return Fields.end(Fields.begin(1 + Long.BYTES).put(kind).putLong(timestamp));
  }

  /**
   * @throws io.distdb.api.error.DistDbException {@code INCOMPATIBLE_FORMAT}, {@code
   *     PROTOCOL_VIOLATION}
   */
  public static CommitOutcome decode(Bytes message) {
    return Fields.read(
        "the outcome of a commit",
        message,
        source -> {
          byte kind = source.get();
          long timestamp = source.getLong();
          return switch (kind) {
            case COMMITTED -> new CommitOutcome.Committed(timestamp);
            case ABORTED -> new CommitOutcome.Aborted();
            case UNKNOWN -> new CommitOutcome.Unknown();
            default -> throw new IllegalArgumentException("no outcome " + kind);
          };
        });
  }
}

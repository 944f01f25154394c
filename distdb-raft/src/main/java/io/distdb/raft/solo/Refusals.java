// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/** What proposers are told when something went wrong. */
final class Refusals {
  private Refusals() {}

  /** Nothing was appended, and nothing will be. */
  static DistDbException forGood(ShardId id, Throwable failure) {
    ErrorCode code =
        failure instanceof DistDbException known && known.code() == ErrorCode.DISK_FULL
            ? ErrorCode.DISK_FULL
            : ErrorCode.IO_ERROR;
    return new DistDbException(
            code, "shard " + id + " takes no more writes: " + failure.getMessage(), failure)
        .withHint("Remove the cause, then open the database again.");
  }

  /** Nothing was appended, as there is no room to apply it. */
  static DistDbException forNow(ShardId id, DistDbException cause) {
    return new DistDbException(
            ErrorCode.DISK_FULL,
            "shard " + id + " takes no writes for now: " + cause.getMessage(),
            cause)
        .withHint("Free space on the disk; writes go on by themselves.");
  }

  /** It was appended, and nobody here learns what becomes of it. */
  static DistDbException outcomeUnknown(ShardId id, Throwable failure) {
    return new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "whether the change to shard " + id + " lasts is not known: " + failure.getMessage(),
            failure)
        .withHint("Open the database again, then ask for the outcome by the commit token.");
  }

  /** It is in the log; when it is applied nobody knows. */
  static DistDbException outcomeLater(ShardId id, Throwable cause) {
    return new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "the change to shard "
                + id
                + " is in the log, and is applied when there is room: "
                + cause.getMessage(),
            cause)
        .withHint("Free space on the disk, then ask for the outcome by the commit token.");
  }
}

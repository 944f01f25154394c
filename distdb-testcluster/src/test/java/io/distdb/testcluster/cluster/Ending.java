// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.testkit.checker.Outcome;

/** What the error of a commit says about it. */
final class Ending {
  private Ending() {}

  /** Rethrows what no client should ever see. */
  static Outcome of(DistDbException refusal) {
    return switch (refusal.code().retry()) {
      case TRANSACTION -> Outcome.ABORTED;
      case ASK_FIRST -> Outcome.UNKNOWN;
      case NEVER -> {
        if (refusal.code() != ErrorCode.DISK_FULL && refusal.code() != ErrorCode.IO_ERROR) {
          throw refusal;
        }
        yield Outcome.ABORTED;
      }
    };
  }
}

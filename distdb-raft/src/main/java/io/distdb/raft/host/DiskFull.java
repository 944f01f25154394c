// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;

/**
 * The disk has no room for a record, or for a snapshot, and nothing of it was done. Unwinds a step
 * of the core.
 */
final class DiskFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final transient DistDbException refusal;

  DiskFull(DistDbException refusal) {
    super(refusal.getMessage(), refusal, false, false);
    this.refusal = refusal;
  }

  /** Does what is refused whole where there is no room for it. */
  static void refusing(Runnable work) {
    try {
      work.run();
    } catch (DistDbException refusal) {
      if (refusal.code() == ErrorCode.DISK_FULL) {
        throw new DiskFull(refusal);
      }
      throw refusal;
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.error.DistDbException;

/** The journal has no room for a record, and wrote nothing of it. Unwinds a step of the core. */
final class DiskFull extends RuntimeException {
  private static final long serialVersionUID = 1L;

  final transient DistDbException refusal;

  DiskFull(DistDbException refusal) {
    super(refusal.getMessage(), refusal, false, false);
    this.refusal = refusal;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.sharding.replica.Leadership;

/**
 * What makes a snapshot good on a node of several. A <em>complete</em> one has everything that was
 * committed at or below it applied here, and nothing more will be committed there. One that was
 * taken where the shard is led is good while that leadership lasts: commits on their way are waited
 * for key by key; until it comes out that none is left, which makes it complete. Once a quorum has
 * said that the leadership lasted when it was taken, it outlives it: the next leader knows what
 * became of those commits.
 */
final class SnapshotBasis {
  private final long timestamp;

  private Leadership under;

  private boolean confirmed;

  private SnapshotBasis(long timestamp, Leadership under) {
    this.timestamp = timestamp;
    this.under = under;
  }

  static SnapshotBasis complete(long timestamp) {
    return new SnapshotBasis(timestamp, null);
  }

  static SnapshotBasis under(Leadership leadership, long timestamp) {
    return new SnapshotBasis(timestamp, leadership);
  }

  long timestamp() {
    return timestamp;
  }

  /** Null: it is complete. */
  Leadership under() {
    return under;
  }

  boolean isConfirmed() {
    return confirmed;
  }

  /** The leadership lasted until after the snapshot was taken. */
  void confirmed() {
    confirmed = true;
  }

  void completed() {
    under = null;
  }
}

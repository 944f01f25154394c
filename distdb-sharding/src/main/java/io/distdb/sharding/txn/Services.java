// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

/** What a node that leads answers to the gateways of others. Names of {@code Calls}. */
final class Services {
  /** A complete snapshot of now; see {@link SnapshotBasis}. */
  static final String SNAPSHOT = "transaction.snapshot";

  /** A timestamp that is handed out once. */
  static final String TIMESTAMP = "transaction.timestamp";

  static final String LOCK = "transaction.lock";

  /** All locks of a transaction are still held. */
  static final String CONFIRM = "transaction.confirm";

  static final String COMMIT = "transaction.commit";
  static final String END = "transaction.end";

  /** As {@link #END}, of several transactions, and answered. */
  static final String ENDED = "transaction.ended";

  static final String PING = "transaction.ping";
  static final String INDEX_IDS = "transaction.index-ids";
  static final String OUTCOME = "transaction.outcome";

  private Services() {}
}

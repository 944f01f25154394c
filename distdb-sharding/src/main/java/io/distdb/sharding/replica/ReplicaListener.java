// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

import io.distdb.api.storage.WriteBatch;

/** What the transactions of a node must know of a replica. Called by the applying thread. */
public interface ReplicaListener {
  /** For a replica that never leads. */
  ReplicaListener NONE =
      new ReplicaListener() {
        @Override
        public void leading(long bound) {}

        @Override
        public void following() {}

        @Override
        public void applied(long timestamp) {}

        @Override
        public void announced(WriteBatch batch) {}

        @Override
        public void replaced() {}

        @Override
        public void reached(long index) {}
      };

  /**
   * This node begins to lead.
   *
   * @param bound no timestamp at or above it was ever handed out
   */
  void leading(long bound);

  /** This node does not lead any more. */
  void following();

  /** The commit at {@code timestamp} was applied, or was found to do nothing. */
  void applied(long timestamp);

  /** {@code batch} of a commit was applied; its {@link Announcements} are to be told. */
  void announced(WriteBatch batch);

  /** The state was replaced by a later one. */
  void replaced();

  /** Everything through {@code index} of the log is applied. */
  void reached(long index);
}

// SPDX-License-Identifier: MIT
package io.distdb.sharding.replica;

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

  /** Everything through {@code index} of the log is applied. */
  void reached(long index);
}

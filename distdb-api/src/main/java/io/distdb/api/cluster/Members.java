// SPDX-License-Identifier: MIT
package io.distdb.api.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.List;

/** Who the members of this node's cluster are, and how that is changed. Thread-safe. */
public interface Members {
  /** Those of a node that is alone. */
  Members NONE =
      new Members() {
        @Override
        public List<MemberView> all() {
          return List.of();
        }

        @Override
        public List<LinkView> links() {
          return List.of();
        }

        @Override
        public void add(NodeId node, String host, int port, boolean readReplica) {
          throw alone();
        }

        @Override
        public void remove(NodeId node) {
          throw alone();
        }

        @Override
        public void transfer(NodeId node) {
          throw alone();
        }
      };

  private static DistDbException alone() {
    return new DistDbException(
            ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
            "this node is alone: it is a member of no cluster")
        .withHint("Start it with cluster_nodes to make it the first member of one.");
  }

  /** All of them as this node sees them, those that are to come and to go too, by id. */
  List<MemberView> all();

  /** This node's traffic with the others, by peer and lane; those that never met are left out. */
  List<LinkView> links();

  /**
   * Lets a node come in, as soon as it asks. It gets the log first, and votes when it has nearly
   * all of it.
   *
   * @param host where the members reach it
   * @param readReplica it never votes
   * @throws DistDbException {@code DUPLICATE_OBJECT}: it is a member; {@code
   *     INVALID_PARAMETER_VALUE}; as a transaction's
   */
  void add(NodeId node, String host, int port, boolean readReplica);

  /**
   * Makes a node go, whether it answers or not; what it has is of no use any more.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}: no such member; {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: nobody would be left to vote; as a transaction's
   */
  void remove(NodeId node);

  /**
   * Hands the leadership to a node, and returns once that leads.
   *
   * @throws DistDbException {@code UNDEFINED_OBJECT}: no such member; {@code
   *     OBJECT_NOT_IN_PREREQUISITE_STATE}: it does not vote; {@code CANNOT_CONNECT_NOW}: nobody
   *     leads, or it did not come to lead
   */
  void transfer(NodeId node);
}

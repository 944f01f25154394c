// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import java.util.Objects;

/**
 * Who a node says that it is, to every node that it meets.
 *
 * @param clusterId the same on every node of a cluster and on no other; {@link #NO_CLUSTER} of a
 *     node that asks to come in
 * @param self this node
 * @param incarnation counts the lives of this node's id, from 0 on: who has met a newer one refuses
 *     an older one. It must not fall from one start of the node to the next.
 * @param versions of the protocol that it speaks
 */
public record TransportIdentity(
    String clusterId, NodeId self, long incarnation, VersionRange versions) {
  /** Such a node talks with any other, on the lane REQUEST alone, by which it asks to come in. */
  public static final String NO_CLUSTER = "";

  public TransportIdentity {
    Objects.requireNonNull(self, "self");
    Objects.requireNonNull(versions, "versions");
    if (clusterId.isBlank() && !clusterId.equals(NO_CLUSTER)) {
      throw new IllegalArgumentException("a cluster id is not blank");
    }
    if (incarnation < 0) {
      throw new IllegalArgumentException("an incarnation is not negative: " + incarnation);
    }
  }

  TransportIdentity in(String cluster) {
    return new TransportIdentity(cluster, self, incarnation, versions);
  }
}

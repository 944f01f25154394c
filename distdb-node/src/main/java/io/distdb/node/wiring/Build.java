// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.node.cluster.ClusterVersion;
import io.distdb.node.grpc.VersionRange;
import java.util.Objects;

/**
 * Which versions a node knows. Nodes of two builds live together in a cluster while it is upgraded;
 * tests make one of two.
 *
 * @param cluster the newest {@link ClusterVersion}
 * @param protocol what it speaks with other nodes
 */
public record Build(int cluster, VersionRange protocol) {
  /** This one. */
  public static final Build CURRENT = new Build(ClusterVersion.NEWEST, VersionRange.CURRENT);

  public Build {
    Objects.requireNonNull(protocol, "protocol");
    if (cluster < ClusterVersion.OLDEST) {
      throw new IllegalArgumentException("no cluster was ever at version " + cluster);
    }
  }
}

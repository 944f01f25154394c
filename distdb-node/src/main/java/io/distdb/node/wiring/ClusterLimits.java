// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Durability;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import io.distdb.node.directory.MemberIdentity;
import java.util.Locale;
import java.util.OptionalInt;

/** What a node of a cluster needs, and what it cannot do yet. */
final class ClusterLimits {
  private ClusterLimits() {}

  /**
   * @throws DistDbException {@code CONFIGURATION_ERROR}, {@code FEATURE_NOT_SUPPORTED}: by the name
   *     of the key
   */
  static void check(Config config, Surroundings surroundings) {
    ClusterConfig cluster = config.cluster();
    if (cluster.shards().orElse(1) > 1) {
      throw refused(
          "shards is " + cluster.shards().getAsInt() + ": more shards than one",
          "Leave the key out: each node has all rows.");
    }
    if (!cluster.isCluster()) {
      return;
    }
    OptionalInt factor = cluster.replicationFactor();
    if (factor.isPresent() && factor.getAsInt() != cluster.size()) {
      throw refused(
          "replication_factor is %d of %d nodes: rows that not every node has"
              .formatted(factor.getAsInt(), cluster.size()),
          "Leave the key out: each node has all rows.");
    }
    if (config.archive().directory().isPresent()) {
      throw refused(
          "archive_dir is given with cluster_nodes: the archive of a cluster's log",
          "Leave archive_dir out, and take backups.");
    }
    if (surroundings.disk().isEmpty()) {
      throw wrong("cluster_nodes is given without data_dir: a member of a cluster must remember")
          .withHint("Give data_dir too.");
    }
    if (config.durability() != Durability.SYNC) {
      throw wrong(
              "durability is "
                  + config.durability().name().toLowerCase(Locale.ROOT)
                  + ": a member of a cluster forces what it acknowledges")
          .withHint("Set durability to sync, or leave it out.");
    }
  }

  /**
   * @throws DistDbException {@code CONFIGURATION_ERROR}: the directory is another node's, or that
   *     of a member that is to be alone
   */
  static void checkSame(MemberIdentity identity, Config config, DataDirectory directory) {
    String node = config.cluster().nodeId().value();
    if (identity.cluster().isPresent() && !config.cluster().isCluster()) {
      throw wrong(
              "the data directory %s is that of a member of cluster %s"
                  .formatted(directory.location(), identity.cluster().get()))
          .withHint(
              "Give node_id and cluster_nodes, as its node has them; or go on with it alone:"
                  + " ./distdb cluster recover. To back it up, run BACKUP TO at any node. Nothing"
                  + " was changed.");
    }
    if (!identity.node().equals(node)) {
      throw wrong(
              "the data directory %s belongs to node %s, this node is %s"
                  .formatted(directory.location(), identity.node(), node))
          .withHint("Set node_id to " + identity.node() + ", or give another directory.");
    }
  }

  private static DistDbException refused(String what, String hint) {
    return new DistDbException(ErrorCode.FEATURE_NOT_SUPPORTED, what + " is not supported yet")
        .withHint(hint);
  }

  private static DistDbException wrong(String what) {
    return new DistDbException(ErrorCode.CONFIGURATION_ERROR, what);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.directory;

import java.util.Objects;
import java.util.Optional;

/**
 * What a data directory knows of its place in a cluster.
 *
 * @param node whose directory it is
 * @param directory by what this directory is known: another one of the same node has another name
 * @param incarnation counts the starts of the node, and rises from one to the next; from 1 on
 * @param cluster the cluster that it is a member of; empty: none yet
 * @param begins whether it begins that cluster
 */
public record MemberIdentity(
    String node, String directory, long incarnation, Optional<String> cluster, Begins begins) {
  /** What the first start of a cluster's first node found. */
  public enum Begins {
    /** The cluster was there before this node. */
    NOT,
    /** A database that was alone. The nodes beside it wait to be added. */
    ALONE,
    /** All nodes were empty, and become members. */
    WITH_ALL
  }

  public MemberIdentity {
    Objects.requireNonNull(node, "node");
    Objects.requireNonNull(directory, "directory");
    Objects.requireNonNull(cluster, "cluster");
    Objects.requireNonNull(begins, "begins");
    if (incarnation < 1 || cluster.isEmpty() && begins != Begins.NOT) {
      throw new IllegalArgumentException("no identity of a member: " + this);
    }
  }

  public MemberIdentity withIncarnation(long next) {
    return new MemberIdentity(node, directory, next, cluster, begins);
  }

  public MemberIdentity in(String newCluster, Begins how) {
    return new MemberIdentity(node, directory, incarnation, Optional.of(newCluster), how);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import java.util.List;
import java.util.OptionalInt;

/**
 * What a cluster writes and says: a format or message that came with version n is used only once
 * the cluster is at n, which is when every member knows n. So members of two versions of DistDB
 * live together while they are replaced one by one. It never falls, and who does not know it does
 * not come in.
 */
public final class ClusterVersion {
  /** The first. */
  public static final int OLDEST = 1;

  /** The newest that this DistDB knows. */
  public static final int NEWEST = 1;

  private ClusterVersion() {}

  /** What all who take part know; empty: nobody does, or somebody has not said yet. */
  static OptionalInt knownToAll(List<Member> members) {
    return members.stream().anyMatch(member -> !member.isRemoved() && member.knows() < OLDEST)
        ? OptionalInt.empty()
        : members.stream().filter(member -> !member.isRemoved()).mapToInt(Member::knows).min();
  }
}

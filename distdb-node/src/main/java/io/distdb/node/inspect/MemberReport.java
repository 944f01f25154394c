// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.NodeId;
import io.distdb.node.directory.MemberIdentity;
import java.util.List;
import java.util.Optional;

/**
 * A directory's place in a cluster, as far as the directory itself knows.
 *
 * @param term the highest term that it has heard of
 * @param vote whom it voted for in that term
 * @param membershipIndex the entry of the log that made the members what they are
 * @param outgoing voters that are being left
 * @param recoveries a line for each time that it went on without a quorum
 */
public record MemberReport(
    MemberIdentity identity,
    long term,
    Optional<NodeId> vote,
    long membershipIndex,
    List<NodeId> voters,
    List<NodeId> outgoing,
    List<NodeId> learners,
    List<String> recoveries) {
  public MemberReport {
    voters = List.copyOf(voters);
    outgoing = List.copyOf(outgoing);
    learners = List.copyOf(learners);
    recoveries = List.copyOf(recoveries);
  }
}

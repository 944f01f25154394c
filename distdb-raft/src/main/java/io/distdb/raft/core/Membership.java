// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.TreeSet;

/**
 * Who votes and who learns. While {@code outgoing} is not empty the membership is joint: what is
 * decided needs a quorum of {@code voters} and another one of {@code outgoing}.
 *
 * @param voters in ascending order, as all of these; empty: the group was never begun here
 * @param outgoing voters of the membership that is being left
 * @param learners get the log and count in no quorum; one of {@code outgoing} may be among them,
 *     and is a voter until the joint membership is left
 */
public record Membership(List<NodeId> voters, List<NodeId> outgoing, List<NodeId> learners)
    implements Entry.Content {
  public static final Membership NOBODY = new Membership(List.of(), List.of(), List.of());

  public Membership {
    voters = sorted(voters);
    outgoing = sorted(outgoing);
    learners = sorted(learners);
    for (NodeId learner : learners) {
      if (voters.contains(learner)) {
        throw new IllegalArgumentException(learner + " both votes and learns");
      }
    }
  }

  /** One that is not joint. */
  public static Membership of(Collection<NodeId> voters, Collection<NodeId> learners) {
    return new Membership(List.copyOf(voters), List.of(), List.copyOf(learners));
  }

  private static List<NodeId> sorted(Collection<NodeId> nodes) {
    return List.copyOf(new TreeSet<>(nodes));
  }

  /** Whether the group was never begun here. */
  public boolean isNobody() {
    return everyone().isEmpty();
  }

  public boolean isJoint() {
    return !outgoing.isEmpty();
  }

  public boolean votes(NodeId node) {
    return voters.contains(node) || outgoing.contains(node);
  }

  public boolean contains(NodeId node) {
    return votes(node) || learners.contains(node);
  }

  /** All of them, in ascending order. */
  public List<NodeId> everyone() {
    TreeSet<NodeId> all = new TreeSet<>(voters);
    all.addAll(outgoing);
    all.addAll(learners);
    return List.copyOf(all);
  }

  /**
   * The first step towards {@code target}: joint when the voters change, else the target itself.
   */
  Membership towards(Membership target) {
    return voters.equals(target.voters)
        ? target
        : new Membership(target.voters, voters, target.learners);
  }

  /** What a joint membership ends as. */
  Membership left() {
    return new Membership(voters, List.of(), learners);
  }

  @Override
  public String toString() {
    List<String> parts = new ArrayList<>();
    parts.add("voters " + voters);
    if (isJoint()) {
      parts.add("outgoing " + outgoing);
    }
    if (!learners.isEmpty()) {
      parts.add("learners " + learners);
    }
    return String.join(", ", parts);
  }
}

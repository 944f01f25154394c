// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.raft.core.Effect;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;

/** What callers are told who do not get what they ask for. */
final class Refusals {
  private Refusals() {}

  /**
   * @param current the term in which this node leads, or {@link HostedGroup#NOT_LEADING}
   * @param silent voters that do not answer
   */
  static DistDbException notLeading(
      NodeId self,
      ShardId group,
      long asked,
      long current,
      Optional<NodeId> leader,
      List<NodeId> silent) {
    if (current != HostedGroup.NOT_LEADING) {
      return cannotConnect("shard " + group + " is in term " + current + ", not in term " + asked);
    }
    String known =
        leader
            .map(node -> "; node " + node + " leads")
            .orElse(silent.isEmpty() ? "" : "; " + doNotAnswer(silent));
    return cannotConnect("node " + self + " does not lead shard " + group + known);
  }

  /** "node n2 does not answer", "nodes n2, n3 do not answer". */
  static String doNotAnswer(List<NodeId> silent) {
    return silent.size() == 1
        ? "node " + silent.getFirst() + " does not answer"
        : silent.stream().map(NodeId::value).collect(Collectors.joining(", ", "nodes ", ""))
            + " do not answer";
  }

  static DistDbException diskFull(NodeId self, DistDbException cause) {
    return new DistDbException(
        ErrorCode.DISK_FULL, "node " + self + " takes no change: " + cause.getMessage(), cause);
  }

  static DistDbException unknown(String why) {
    return new DistDbException(ErrorCode.COMMIT_OUTCOME_UNKNOWN, why);
  }

  /** Of what may be in the log of a node whose disk or state machine refused. */
  static DistDbException unknown(DistDbException cause) {
    return new DistDbException(
        ErrorCode.COMMIT_OUTCOME_UNKNOWN,
        "whether the change lasts is not known: " + cause.getMessage(),
        cause);
  }

  static DistDbException stops(NodeId self) {
    return unknown("node " + self + " stops; whether the change lasts is not known");
  }

  /** For good: the disk or a state machine refused. */
  static DistDbException takesNoPart(NodeId self, DistDbException cause) {
    return new DistDbException(
        cause.code() == ErrorCode.DISK_FULL ? ErrorCode.DISK_FULL : ErrorCode.IO_ERROR,
        "node " + self + " takes no part any more: " + cause.getMessage(),
        cause);
  }

  static DistDbException cannotConnect(String why) {
    return new DistDbException(ErrorCode.CANNOT_CONNECT_NOW, why);
  }

  static DistDbException notReady(String why) {
    return new DistDbException(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, why);
  }

  /** A proposal that the core does not take. */
  static DistDbException proposal(ShardId group, Effect.Refusal why) {
    return cannotConnect(
        switch (why) {
          case TRANSFERRING -> "shard " + group + " is handing its leadership over";
          case TOO_MUCH_UNCOMMITTED ->
              "shard " + group + " has as many changes under way as it may";
          default -> "shard " + group + " takes no change: " + why;
        });
  }

  /** A change of members or a transfer that the core does not begin. */
  static DistDbException change(ShardId group, Effect.Refusal why) {
    return switch (why) {
      case NOT_LEADING, OTHER_TERM, TRANSFERRING, TOO_MUCH_UNCOMMITTED, OWN_TERM_NOT_COMMITTED ->
          cannotConnect("the leader of shard " + group + " cannot change its members now: " + why);
      case CHANGE_UNDER_WAY ->
          notReady("another change of the members of shard " + group + " is under way");
      case NOT_A_LEARNER_FIRST -> notReady("who is to vote must learn first");
      case NOT_CAUGHT_UP -> notReady("who is to vote lacks the last change of members");
      case NO_VOTERS -> notReady("shard " + group + " would have no voters");
      case NOT_A_VOTER -> notReady("who is to lead shard " + group + " does not vote");
    };
  }
}

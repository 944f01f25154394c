// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/**
 * What must hold of a group and can be seen from outside, looked at whenever a node applies an
 * entry or begins to lead: election safety, state-machine safety, leader completeness, committed
 * entries on the disks of a quorum, replicas that are equal where they are equally far.
 */
final class ClusterWatch {
  /** Entries from one comparison of the contents of replicas to the next. */
  private static final int DIGEST_EVERY = 16;

  private record Applied(LogPosition position, long command, NodeId first) {}

  private record Digest(long value, NodeId first) {}

  private final Map<NodeId, DurableLog> logs = new TreeMap<>();
  private final Map<Long, NodeId> leaders = new HashMap<>();
  private final Map<Long, Applied> applied = new HashMap<>();
  private final Map<Long, Digest> digests = new HashMap<>();

  /** The last index that was applied, by the term of its entry. */
  private final TreeMap<Long, Long> lastOfTerm = new TreeMap<>();

  /** The last index that a node has applied, in any of its lives. */
  private final Map<NodeId, Long> furthest = new HashMap<>();

  private int comparisons;

  ClusterWatch(List<NodeId> everyone) {
    everyone.forEach(id -> logs.put(id, new DurableLog(id.value())));
  }

  DurableLog log(NodeId node) {
    return logs.get(node);
  }

  /** Terms that had a leader which was ready to serve. */
  int terms() {
    return leaders.size();
  }

  /** Contents of replicas that were compared. */
  int comparisons() {
    return comparisons;
  }

  void leading(NodeId node, long term, LogPosition machine) {
    NodeId other = leaders.putIfAbsent(term, node);
    assertThat(other == null || other.equals(node))
        .as("term %d has two leaders, %s and %s", term, other, node)
        .isTrue();
    long committed =
        lastOfTerm.headMap(term).values().stream().mapToLong(Long::longValue).max().orElse(0);
    assertThat(machine.index())
        .as("what the leader %s of term %d has applied of earlier terms", node, term)
        .isGreaterThanOrEqualTo(committed);
  }

  /**
   * @param command a hash of the entry's command
   */
  void applied(NodeId node, LogPosition position, long command) {
    Applied mine = new Applied(position, command, node);
    Applied first = applied.putIfAbsent(position.index(), mine);
    if (first == null) {
      lastOfTerm.merge(position.term(), position.index(), Math::max);
      checkQuorum(node, position);
      return;
    }
    assertThat(first.position().equals(position) && first.command() == command)
        .as("%s was applied by %s, and then %s", first, first.first(), mine)
        .isTrue();
  }

  /**
   * By the members of when it was appended, or by those of later, who may have committed it: from
   * outside it cannot be seen which.
   */
  private void checkQuorum(NodeId node, LogPosition position) {
    boolean decided =
        logs.values().stream()
            .flatMap(log -> log.configurationsFrom(position.index()).stream())
            .anyMatch(members ->
                half(members.voters(), position)
                    && (members.outgoing().isEmpty() || half(members.outgoing(), position)));
    if (!decided) {
      throw new AssertionError(
          node + " applies " + position + ", which is on no quorum's disks: " + logs.values());
    }
  }

  private boolean half(List<NodeId> voters, LogPosition position) {
    long have = voters.stream().filter(id -> logs.get(id).holds(position)).count();
    return have * 2 > voters.size();
  }

  /** A checkpoint may hold more than its position says, so what is replayed is not compared. */
  boolean wantsDigest(NodeId node, LogPosition position) {
    long before = furthest.getOrDefault(node, 0L);
    furthest.merge(node, position.index(), Math::max);
    return position.index() > before && position.index() % DIGEST_EVERY == 0;
  }

  void digest(NodeId node, LogPosition position, long digest) {
    Digest first = digests.putIfAbsent(position.index(), new Digest(digest, node));
    if (first != null) {
      comparisons++;
      assertThat(digest)
          .as("the content of %s at %s, by that of %s", node, position, first.first())
          .isEqualTo(first.value());
    }
  }
}

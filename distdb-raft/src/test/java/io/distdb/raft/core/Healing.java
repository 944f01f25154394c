// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;

/**
 * The second phase of a schedule: no more faults. Within bounded ticks there is one leader, no
 * joint membership, a command that was proposed now is applied by every member, and a read that was
 * asked now is answered.
 */
final class Healing {
  /** In the longest time-outs of elections. */
  private static final int PATIENCE = 25;

  private static final int MESSAGES_PER_TICK = 50_000;

  private final RandomSchedule schedule;
  private final CoreCluster cluster;

  /** Where the first command of the term was accepted. */
  private LogPosition first = LogPosition.START;

  private boolean answered;
  private boolean whole;

  Healing(RandomSchedule schedule) {
    this.schedule = schedule;
    cluster = schedule.cluster;
  }

  void run() {
    whole = schedule.heal();
    long readsFrom = schedule.reads;
    int ticks = PATIENCE * 2 * schedule.mix.settings.electionTicks();
    for (int tick = 0; tick < ticks; tick++) {
      schedule.tickAll();
      settle();
      if (getsOn(readsFrom)) {
        return;
      }
    }
    throw new AssertionError(
        "no progress in %d ticks: command at %s, read answered: %s"
            .formatted(ticks, first, answered));
  }

  /** Everything that is written or sent, and what comes of it. */
  private void settle() {
    int messages = 0;
    boolean busy = true;
    while (busy) {
      busy = false;
      for (CoreNode node : cluster.up()) {
        if (!node.writes.isEmpty()) {
          cluster.complete(node.id, node.writes.size());
          busy = true;
        }
      }
      while (!cluster.network.isEmpty()) {
        Parcel parcel = cluster.network.removeFirst();
        schedule.note(parcel);
        if (schedule.network.isCut(parcel)) {
          cluster.lose(parcel);
        } else {
          cluster.deliver(parcel);
        }
        busy = true;
        Invariant.check(++messages < MESSAGES_PER_TICK, "the nodes never stop talking");
      }
    }
  }

  private boolean getsOn(long readsFrom) {
    Optional<CoreNode> leads =
        cluster.up().stream()
            .filter(CoreNode::leads)
            .max(Comparator.comparingLong(node -> node.core.term()));
    if (leads.isEmpty()) {
      return false;
    }
    CoreNode leader = leads.get();
    for (Effect effect : cluster.told) {
      answered |= effect instanceof Effect.ReadReady ready && ready.read() >= readsFrom;
    }
    cluster.told.clear();
    if (!answered) {
      schedule.read(leader.id);
    }
    if (first.term() != leader.core.term()) {
      cluster.step(leader.id, new Event.Propose(leader.core.term(), schedule.commands(1)));
      for (Effect effect : List.copyOf(cluster.told)) {
        if (effect instanceof Effect.Accepted accepted) {
          first = accepted.first();
        }
      }
      return false;
    }
    RaftState state = leader.core.state;
    return answered
        && state.reads.isEmpty()
        && state.readsBeforeOwnTerm.isEmpty()
        && !leader.core.membership().isJoint()
        && isEverywhere(leader);
  }

  private boolean isEverywhere(CoreNode leader) {
    Membership members = leader.core.membership();
    return whole
        ? members.everyone().stream().allMatch(id -> hasAll(cluster.node(id), leader))
        : Quorum.agrees(members, id -> hasAll(cluster.node(id), leader));
  }

  private boolean hasAll(CoreNode node, CoreNode leader) {
    return node.machine >= first.index()
        && node.machine == leader.core.last().index()
        && node.core.term() == leader.core.term();
  }
}

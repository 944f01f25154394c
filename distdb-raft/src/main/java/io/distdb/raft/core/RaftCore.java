// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/**
 * One group's Raft on one node: takes events, gives effects. The same events in the same order give
 * the same effects, in every JVM. Used by one thread at a time.
 */
public final class RaftCore {
  final RaftState state;

  private RaftCore(RaftState state) {
    this.state = state;
  }

  /**
   * As it was when the node last stopped.
   *
   * @param seed of this node's election time-outs; not the same on all nodes
   * @param disk what the journal and the state machine hold
   */
  public static RaftCore start(NodeId self, RaftSettings settings, long seed, OnDisk disk) {
    RaftState state = new RaftState(self, settings, seed, disk.base(), disk.membership());
    state.term = disk.term();
    state.vote = disk.vote().orElse(RaftState.NOBODY);
    disk.entries().forEach(state.log::append);
    state.stable = state.log.lastIndex();
    state.unwritten = state.stable + 1;
    state.commit = disk.applied();
    state.applied = disk.applied();
    Invariant.check(
        disk.applied() >= disk.base().index() && disk.applied() <= state.stable,
        "index %d is applied; the log has (%d, %d]",
        disk.applied(),
        disk.base().index(),
        state.stable);
    Elections.restartTimer(state);
    return new RaftCore(state);
  }

  /**
   * @param base what is before the log
   * @param membership as of {@code base}
   * @param applied what the state machine holds; of the base or behind it
   */
  public record OnDisk(
      long term,
      Optional<NodeId> vote,
      LogPosition base,
      Membership membership,
      List<Entry> entries,
      long applied) {
    public OnDisk {
      entries = List.copyOf(entries);
    }

    /** The same with other members, as of the base. */
    public OnDisk of(Membership members) {
      return new OnDisk(term, vote, base, members, entries, applied);
    }

    /** A node that was never here. It votes for nobody and waits to be added. */
    public static OnDisk nothing() {
      return begun(Membership.NOBODY);
    }

    /** The first life of a member of {@code membership}. */
    public static OnDisk begun(Membership membership) {
      return new OnDisk(0, Optional.empty(), LogPosition.START, membership, List.of(), 0);
    }
  }

  /** One of its own that goes the same way from here on. */
  public RaftCore copy() {
    return new RaftCore(state.copy());
  }

  /** What is to be done, in this order. */
  public List<Effect> step(Event event) {
    Outbox out = new Outbox();
    Sleep.look(state, event);
    switch (event) {
      case Event.Tick tick -> tick(out, tick.now());
      case Event.Received received -> receive(out, received.from(), received.message());
      case Event.Propose proposal -> Replication.propose(state, out, proposal);
      case Event.Persisted persisted -> Durability.persisted(state, out, persisted.sequence());
      case Event.ReadRequested request -> {
        state.now = request.now();
        Reads.request(state, out, request.read());
      }
      case Event.ChangeMembership change -> Reconfiguration.change(state, out, change);
      case Event.TransferLeadership transfer -> Transfers.begin(state, out, transfer.target());
      case Event.Compact compact -> compact(compact.index());
      case Event.SnapshotReceived snapshot -> Followers.snapshot(state, out, snapshot);
      case Event.SnapshotSent sent -> Replication.snapshotSent(state, sent.to(), sent.arrived());
      case Event.Unreachable lost -> {
        Replication.unreachable(state, lost.peer());
        Elections.unreachable(state, lost.peer());
      }
      case Event.Rest rest -> Sleep.rest(state);
      case Event.Wake wake -> Sleep.wake(state, out, wake.ticks());
    }
    Durability.flush(state, out);
    return out.effects();
  }

  private void tick(Outbox out, long now) {
    state.now = now;
    if (state.asleep) {
      return;
    }
    state.sinceHeard++;
    Unrest.tick(state);
    if (state.leads()) {
      Replication.tick(state, out);
    } else {
      Elections.tick(state, out);
    }
  }

  private void compact(long index) {
    Invariant.check(
        index <= state.applied, "index %d is compacted, %d applied", index, state.applied);
    if (index > state.log.base().index()) {
      state.log.compact(index);
    }
  }

  private void receive(Outbox out, NodeId from, Message message) {
    if (message.term() > state.term) {
      if (!takeTerm(out, from, message)) {
        return;
      }
    } else if (message.term() < state.term) {
      refuseOld(out, from, message);
      return;
    }
    switch (message) {
      case Message.PreVoteRequest request -> Elections.preVoteRequest(state, out, from, request);
      case Message.PreVoteReply reply -> Elections.preVoteReply(state, out, from, reply);
      case Message.VoteRequest request -> Elections.voteRequest(state, out, from, request);
      case Message.VoteReply reply -> Elections.voteReply(state, out, from, reply);
      case Message.Append append -> Followers.append(state, out, from, append);
      case Message.Committed committed -> Followers.committed(state, out, from, committed);
      case Message.Appended appended -> Replication.appended(state, out, from, appended);
      case Message.AppendRejected rejected -> Replication.rejected(state, out, from, rejected);
      case Message.Heartbeat heartbeat -> Followers.heartbeat(state, out, from, heartbeat);
      case Message.HeartbeatReply reply -> Replication.heartbeatReply(state, out, from, reply);
      case Message.TimeoutNow now -> Followers.timeoutNow(state, out);
    }
  }

  /** A later term is taken up, unless it is only asked for; whether the message counts. */
  private boolean takeTerm(Outbox out, NodeId from, Message message) {
    switch (message) {
      case Message.PreVoteRequest request -> {
        return true;
      }
      case Message.PreVoteReply reply when reply.granted() -> {
        return true;
      }
      case Message.VoteRequest request
          when !request.transfer()
              && (Elections.hearsLeader(state) || Leases.isPromised(state)) -> {
        return false;
      }
      case Message.Append append -> Elections.follow(state, out, message.term(), from);
      case Message.Heartbeat heartbeat -> Elections.follow(state, out, message.term(), from);
      case Message.Committed committed -> Elections.follow(state, out, message.term(), from);
      default -> Elections.follow(state, out, message.term(), RaftState.NOBODY);
    }
    return true;
  }

  /** A leader or candidate of an earlier term is told that there is a later one. */
  private void refuseOld(Outbox out, NodeId from, Message message) {
    switch (message) {
      case Message.Append append -> out.send(from, new Message.HeartbeatReply(state.term, 0));
      case Message.Heartbeat beat -> out.send(from, new Message.HeartbeatReply(state.term, 0));
      case Message.Committed told -> out.send(from, new Message.HeartbeatReply(state.term, 0));
      case Message.PreVoteRequest request ->
          out.send(from, new Message.PreVoteReply(state.term, false));
      case Message.VoteRequest request -> out.send(from, new Message.VoteReply(state.term, false));
      default -> {
        // Answers to what nobody asks any more.
      }
    }
  }

  // --- what can be seen ---

  public NodeId self() {
    return state.self;
  }

  public long term() {
    return state.term;
  }

  public Optional<NodeId> vote() {
    return Optional.ofNullable(state.vote);
  }

  public Optional<NodeId> leader() {
    return Optional.ofNullable(state.leader);
  }

  /** Whether there is nothing to do until something comes: see {@link Event.Rest}. */
  public boolean sleeps() {
    return state.asleep;
  }

  public boolean leads() {
    return state.leads();
  }

  public long committed() {
    return state.commit;
  }

  public long applied() {
    return state.applied;
  }

  /** The log is on the disk through here. */
  public long durable() {
    return state.stable;
  }

  public LogPosition base() {
    return state.log.base();
  }

  public LogPosition last() {
    return state.log.last();
  }

  /** The entry, if it is in the log. */
  public Optional<Entry> entry(long index) {
    boolean there = index > state.log.base().index() && index <= state.log.lastIndex();
    return there ? Optional.of(state.log.entry(index)) : Optional.empty();
  }

  public Membership membership() {
    return state.membership();
  }

  /** Whether {@link #membership} is known to be committed. */
  public boolean isMembershipCommitted() {
    return state.log.membershipIndex() <= state.commit;
  }

  /** Through where the log of another member is known to match, durably; -1: nothing is known. */
  public long matched(NodeId node) {
    Progress known = state.leads() ? state.progress.get(node) : null;
    return known == null ? -1 : known.match;
  }

  /** The membership at a position of the log, for a snapshot there. */
  public Membership membershipAt(long index) {
    return state.log.membershipAt(index);
  }

  /** Where it stands, in words; not all that it remembers. */
  @Override
  public String toString() {
    return state.toString();
  }
}

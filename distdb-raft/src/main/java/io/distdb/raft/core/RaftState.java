// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * Everything a group remembers on one node. The functions of this package change it in place, since
 * a copy for each event would cost more than the event; {@link #copy} is for who explores.
 */
final class RaftState {
  static final NodeId NOBODY = null;

  /** Where this node stands. */
  enum Role {
    FOLLOWER,
    PRE_CANDIDATE,
    CANDIDATE,
    LEADER
  }

  /** A message that may go only when {@code sequence} is on the disk. */
  record Held(long sequence, NodeId to, Message message) {}

  /** A write that is not known to be on the disk; {@code lastIndex} falls when the log is cut. */
  record Write(long sequence, long lastIndex) {}

  /** Heartbeats that were sent at {@code startedAt} or later. */
  record Round(long round, long startedAt) {}

  /** A read that waits for its round to be answered by a quorum. */
  record Read(long read, long index, long round) {}

  final NodeId self;
  final RaftSettings settings;

  // --- what is on the disk ---
  long term;
  NodeId vote = NOBODY;
  final RaftLog log;

  // --- what of it is on the disk ---
  long sequence;
  long written;
  long hardSequence;
  long stable;
  final ArrayDeque<Write> writes = new ArrayDeque<>();
  final ArrayDeque<Held> held = new ArrayDeque<>();

  /** The first index that no write has, or behind the log. */
  long unwritten;

  boolean hardStateChanged;
  Effect.Installed installed;

  // --- what is known ---
  Role role = Role.FOLLOWER;
  NodeId leader = NOBODY;
  long commit;
  long applied;

  /** As a follower: the log matches the leader's of this term through here. */
  long verified;

  // --- time ---
  int elapsed;
  int timeout;
  int heartbeatElapsed;
  long random;

  /** What the host last said it is, in ns. */
  long now;

  /** Ticks since a leader was heard, whichever term it had, or since the beginning. */
  int sinceHeard;

  /** Ticks since a leader took the place of another one, as seen here. */
  int settled;

  /** The newest term of which a leader was known. */
  long ledTerm;

  /** How much longer than usual everybody waits: see {@link Unrest}. */
  int unrest;

  /** The leader, or who was to become one, is perhaps gone: the connection with it broke. */
  boolean lost;

  boolean asleep;

  /** How often in a row there was nothing to do when it might have slept. */
  int quiet;

  // --- as a candidate ---
  final TreeMap<NodeId, Boolean> votes = new TreeMap<>();

  // --- as a leader ---
  final TreeMap<NodeId, Progress> progress = new TreeMap<>();
  long firstOwnIndex;
  long round;
  long uncommittedBytes;
  final List<Long> readsBeforeOwnTerm = new ArrayList<>();
  final ArrayDeque<Read> reads = new ArrayDeque<>();
  NodeId transferee = NOBODY;
  boolean told;
  final ArrayDeque<Round> rounds = new ArrayDeque<>();
  boolean leased;
  long leaseFrom;
  boolean leaseGivenUp;

  /**
   * @param seed of the election time-outs
   */
  RaftState(NodeId self, RaftSettings settings, long seed, LogPosition base, Membership members) {
    this.self = self;
    this.settings = settings;
    random = seed;
    log = new RaftLog(base, members);
    commit = base.index();
    applied = base.index();
    stable = base.index();
    unwritten = base.index() + 1;
  }

  private RaftState(RaftState other) {
    self = other.self;
    settings = other.settings;
    log = other.log.copy();
  }

  RaftState copy() {
    RaftState copy = new RaftState(this);
    copy.term = term;
    copy.vote = vote;
    copy.sequence = sequence;
    copy.written = written;
    copy.hardSequence = hardSequence;
    copy.stable = stable;
    copy.writes.addAll(writes);
    copy.held.addAll(held);
    copy.unwritten = unwritten;
    copy.hardStateChanged = hardStateChanged;
    copy.installed = installed;
    copy.role = role;
    copy.leader = leader;
    copy.commit = commit;
    copy.applied = applied;
    copy.verified = verified;
    copy.elapsed = elapsed;
    copy.timeout = timeout;
    copy.heartbeatElapsed = heartbeatElapsed;
    copy.random = random;
    copy.now = now;
    copy.sinceHeard = sinceHeard;
    copy.settled = settled;
    copy.ledTerm = ledTerm;
    copy.unrest = unrest;
    copy.lost = lost;
    copy.asleep = asleep;
    copy.quiet = quiet;
    copy.votes.putAll(votes);
    progress.forEach((node, known) -> copy.progress.put(node, known.copy()));
    copy.firstOwnIndex = firstOwnIndex;
    copy.round = round;
    copy.uncommittedBytes = uncommittedBytes;
    copy.readsBeforeOwnTerm.addAll(readsBeforeOwnTerm);
    copy.reads.addAll(reads);
    copy.transferee = transferee;
    copy.told = told;
    copy.rounds.addAll(rounds);
    copy.leased = leased;
    copy.leaseFrom = leaseFrom;
    copy.leaseGivenUp = leaseGivenUp;
    return copy;
  }

  boolean leads() {
    return role == Role.LEADER;
  }

  Membership membership() {
    return log.membership();
  }

  /** The quorum of reads and commits is this node alone. */
  boolean isAlone() {
    return Quorum.agrees(membership(), self::equals);
  }

  /** A leader's own-term entry is committed: what came before is, too. */
  boolean ownTermCommitted() {
    return leads() && commit >= firstOwnIndex;
  }

  @Override
  public String toString() {
    StringBuilder text = new StringBuilder(200);
    text.append(role).append(" term ").append(term);
    text.append(" vote ").append(vote).append(" leader ").append(leader);
    text.append(" commit ").append(commit).append(" applied ").append(applied);
    text.append(" stable ").append(stable).append(" log ").append(log);
    if (asleep) {
      text.append(" asleep");
    }
    if (lost) {
      text.append(" lost");
    }
    if (!votes.isEmpty()) {
      text.append(" votes ").append(votes);
    }
    if (leads()) {
      text.append(" progress ").append(progress);
    }
    if (!held.isEmpty()) {
      text.append(" held ").append(held.size());
    }
    return text.toString();
  }
}

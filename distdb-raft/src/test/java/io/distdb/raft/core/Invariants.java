// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import static io.distdb.api.error.Invariant.check;

import io.distdb.api.NodeId;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.TreeMap;

/**
 * What a group of nodes must keep, seen from above: it knows of every leader, every entry that was
 * ever in a log and everything that was ever committed. Source: Raft paper, figure 3, and
 * docs/INVARIANTS.md. A breach is an {@link AssertionError}.
 */
final class Invariants {
  private record Known(Entry.Content content, long previousTerm) {}

  private record Ballot(NodeId voter, long term) {}

  /** A node as it was after its last event. */
  private record Seen(
      long term,
      NodeId vote,
      boolean leads,
      long commit,
      long applied,
      long last,
      Membership membership) {}

  private final Membership begun;
  private final TreeMap<Long, NodeId> leaders = new TreeMap<>();
  private final HashMap<LogPosition, Known> entries = new HashMap<>();
  private final HashMap<Ballot, NodeId> ballots = new HashMap<>();
  private final HashMap<Long, Long> reads = new HashMap<>();
  private final TreeMap<NodeId, Seen> seen = new TreeMap<>();

  /** By index - 1, with the term in which each one was committed. */
  final ArrayList<Entry> committed = new ArrayList<>();

  private final ArrayList<Long> committedIn = new ArrayList<>();

  Invariants(Membership begun) {
    this.begun = begun;
  }

  Invariants copy() {
    Invariants copy = new Invariants(begun);
    copy.leaders.putAll(leaders);
    copy.entries.putAll(entries);
    copy.ballots.putAll(ballots);
    copy.reads.putAll(reads);
    copy.seen.putAll(seen);
    copy.committed.addAll(committed);
    copy.committedIn.addAll(committedIn);
    return copy;
  }

  // --- what nodes do ---

  void started(CoreNode node) {
    RaftCore core = node.core;
    Seen before = seen.get(node.id);
    check(
        before == null || core.term() >= 0 && core.term() <= before.term,
        "%s comes back with a term it never had",
        node);
    seen.put(node.id, look(core));
  }

  /** What was only in memory is gone; what was promised is kept by {@link #sent}. */
  void crashed(CoreNode node) {
    check(node.disk.machine <= committed.size(), "%s has applied what is not committed", node);
  }

  private static Seen look(RaftCore core) {
    return new Seen(
        core.term(),
        core.vote().orElse(null),
        core.leads(),
        core.committed(),
        core.applied(),
        core.last().index(),
        core.membership());
  }

  void asked(long read) {
    reads.put(read, (long) committed.size());
  }

  void answered(long read, long index) {
    check(
        index >= reads.get(read) && index <= committed.size(),
        "read %d is answered at %d; when it was asked %d was committed, and now %d is",
        read,
        index,
        reads.get(read),
        committed.size());
  }

  void applied(CoreNode node, List<Entry> applied) {
    long expected = node.machine + 1;
    for (Entry entry : applied) {
      check(entry.index() == expected, "%s applies %s behind %d", node, entry, expected - 1);
      boolean same =
          entry.index() <= committed.size() && committed.get((int) entry.index() - 1).equals(entry);
      check(same, "%s applies %s, which is not committed", node, entry);
      check(node.disk.holds(entry.position()), "%s applies %s before it has it", node, entry);
      expected++;
    }
  }

  /** Nothing is promised that the disk does not have. */
  void sent(CoreCluster cluster, CoreNode node, NodeId to, Message message) {
    CoreDisk disk = node.disk;
    long needed =
        switch (message) {
          case Message.PreVoteRequest request -> request.term() - 1;
          case Message.PreVoteReply reply when reply.granted() -> 0;
          default -> message.term();
        };
    check(disk.term >= needed, "%s sends %s before its term is durable", node, message);
    switch (message) {
      case Message.VoteRequest request -> voted(node, request.term(), node.id);
      case Message.VoteReply reply when reply.granted() -> voted(node, reply.term(), to);
      case Message.Appended appended -> acknowledged(cluster, node, to, appended);
      default -> {
        // Its term is all that it promises.
      }
    }
  }

  private void voted(CoreNode node, long term, NodeId candidate) {
    check(
        node.disk.term > term || candidate.equals(node.disk.vote),
        "%s votes for %s in term %d, and the disk has another vote",
        node,
        candidate,
        term);
    NodeId other = ballots.putIfAbsent(new Ballot(node.id, term), candidate);
    check(
        other == null || other.equals(candidate),
        "%s votes in term %d for %s and for %s",
        node,
        term,
        other,
        candidate);
  }

  private void acknowledged(
      CoreCluster cluster, CoreNode node, NodeId to, Message.Appended appended) {
    CoreNode leader = cluster.node(to);
    boolean leads = leader.leads() && leader.core.term() == appended.term();
    if (leads && node.disk.term == appended.term() && appended.match() > 0) {
      check(
          leader.core.last().index() >= appended.match(),
          "%s acknowledges %d, which its leader does not have",
          node,
          appended.match());
      leader
          .core
          .entry(appended.match())
          .ifPresent(entry ->
              check(
                  node.disk.holds(entry.position()),
                  "%s acknowledges %s and does not have it",
                  node,
                  entry));
    }
  }

  // --- what nodes are ---

  void stepped(CoreCluster cluster, CoreNode node) {
    Seen before = seen.get(node.id);
    RaftCore core = node.core;
    order(node, core, before);
    commits(cluster, node, before);
    log(node, core);
    if (core.leads()) {
      leads(node, core, before);
    }
    seen.put(node.id, look(core));
  }

  private static void order(CoreNode node, RaftCore core, Seen before) {
    check(
        core.base().index() <= core.applied()
            && core.applied() <= core.committed()
            && core.committed() <= core.last().index(),
        "not base <= applied <= committed <= last: %s",
        node);
    check(
        core.term() >= before.term
            && core.committed() >= before.commit
            && core.applied() >= before.applied,
        "%s falls back from %s",
        node,
        before);
    boolean voteStays = before.vote == null || before.vote.equals(core.vote().orElse(null));
    check(core.term() > before.term || voteStays, "%s changes its vote of %s", node, before);
  }

  /** What is newly committed is durable on a quorum of each half of the leader's membership. */
  private void commits(CoreCluster cluster, CoreNode node, Seen before) {
    RaftCore core = node.core;
    while (core.committed() > committed.size()) {
      check(before.leads, "%s commits what no leader has committed", node);
      Entry entry = core.entry(committed.size() + 1L).orElseThrow();
      check(
          Quorum.agrees(before.membership, id -> cluster.node(id).disk.holds(entry.position())),
          "%s commits %s, and no quorum of %s has it",
          node,
          entry,
          before.membership);
      committed.add(entry);
      committedIn.add(before.term);
    }
  }

  private void log(CoreNode node, RaftCore core) {
    LogPosition base = core.base();
    check(
        base.index() == 0 || committed.get((int) base.index() - 1).term() == base.term(),
        "%s begins with what is not committed",
        node);
    Membership membership = core.membershipAt(base.index());
    Membership then = membershipAt(base.index());
    // A node that joined does not know of members before the first entry that names them.
    check(
        membership.equals(then) || membership.equals(Membership.NOBODY) && then.equals(begun),
        "%s begins with the wrong members; they were %s",
        node,
        then);
    long previousTerm = base.term();
    for (long index = base.index() + 1; index <= core.last().index(); index++) {
      Entry entry = core.entry(index).orElseThrow();
      check(entry.index() == index && entry.term() >= previousTerm, "%s out of order", node);
      Known known = new Known(entry.content(), previousTerm);
      Known other = entries.putIfAbsent(entry.position(), known);
      check(
          other == null || other.equals(known),
          "%s has %s; elsewhere it is %s",
          node,
          entry,
          other);
      check(
          index > core.committed() || committed.get((int) index - 1).equals(entry),
          "%s has committed %s; elsewhere another entry is",
          node,
          entry);
      previousTerm = entry.term();
      if (entry.content() instanceof Membership next) {
        follows(node, membership, next);
        membership = next;
      }
    }
    check(membership.equals(core.membership()), "%s does not go by its last membership", node);
  }

  private Membership membershipAt(long index) {
    for (long at = index; at > 0; at--) {
      if (committed.get((int) at - 1).content() instanceof Membership membership) {
        return membership;
      }
    }
    return begun;
  }

  /** Voters change through a joint membership, which ends in one way. */
  private static void follows(CoreNode node, Membership from, Membership to) {
    boolean right =
        from.isJoint()
            ? to.equals(from.left())
            : to.outgoing().equals(to.voters().equals(from.voters()) ? List.of() : from.voters());
    check(right || from.voters().isEmpty(), "%s: %s cannot follow %s", node, to, from);
  }

  private void leads(CoreNode node, RaftCore core, Seen before) {
    long term = core.term();
    NodeId other = leaders.putIfAbsent(term, node.id);
    check(
        other == null || other.equals(node.id), "%s and %s lead in term %d", other, node.id, term);
    if (!before.leads) {
      complete(node, core, term);
    } else {
      changes(node, core, before);
    }
  }

  /** A leader has everything that was committed in earlier terms. */
  private void complete(CoreNode node, RaftCore core, long term) {
    for (int at = 0; at < committed.size(); at++) {
      Entry entry = committed.get(at);
      check(
          committedIn.get(at) >= term
              || entry.index() <= core.base().index()
              || core.entry(entry.index()).filter(entry::equals).isPresent(),
          "%s leads without committed %s",
          node,
          entry);
    }
  }

  /** Members change one at a time, and not before the leader has committed in its own term. */
  private static void changes(CoreNode node, RaftCore core, Seen before) {
    long changed = 0;
    for (long index = core.base().index() + 1; index <= core.last().index(); index++) {
      Entry entry = core.entry(index).orElseThrow();
      if (entry.content() instanceof Membership) {
        boolean commitIsOwn =
            core.entry(core.committed()).map(Entry::term).orElse(core.base().term()) == core.term();
        check(
            index <= before.last || changed <= core.committed() && commitIsOwn,
            "%s changes its members by %s too early",
            node,
            entry);
        changed = index;
      }
    }
  }

  /** Everything that later checks depend on. */
  @Override
  public String toString() {
    return leaders + " " + committed + committedIn + " " + new TreeMap<>(ballotTexts()) + reads;
  }

  private TreeMap<String, NodeId> ballotTexts() {
    TreeMap<String, NodeId> texts = new TreeMap<>();
    ballots.forEach((ballot, candidate) -> texts.put(ballot.toString(), candidate));
    return texts;
  }
}

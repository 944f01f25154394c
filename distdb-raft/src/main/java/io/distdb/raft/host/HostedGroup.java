// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import io.distdb.raft.wire.SnapshotFrame;
import java.nio.ByteBuffer;
import java.util.List;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** One group on this node: its core, and what that asks for. Used by who has the host's turn. */
final class HostedGroup {
  static final long NOT_LEADING = -1;
  private static final Logger LOG = LoggerFactory.getLogger(HostedGroup.class);

  private final ShardId id;
  private final RaftConsensus host;
  private final GroupJournal written;
  private final Mailroom mail;
  final Applier applier;
  private final Stewardship stewardship;
  private final GroupPort port;
  final StateMachine machine;
  private RaftCore core;

  // --- seen by callers ---
  private volatile long leadingTerm = NOT_LEADING;
  private volatile Optional<NodeId> leader = Optional.empty();
  private volatile List<NodeId> silentVoters = List.of();

  // --- in the host's turn ---

  private final Proposals proposals = new Proposals();
  final ReadRequests reads = new ReadRequests();
  private long lastWrite;
  private long leadsWhenApplied = NOT_LEADING;
  final Compaction compaction;

  /** The host ends: nothing is written or said any more. */
  private boolean silent;

  /** Why the journal took nothing the last time, or null. */
  private DistDbException full;

  /** The snapshot that may be installed right now. */
  private Iterable<ByteBuffer> arrived = List.of();

  /** What the disk has, in case there is no room to say that it is installed; else null. */
  private RaftCore.OnDisk withoutSnapshot;

  HostedGroup(
      ShardId id, RaftConsensus host, Journal journal, Mailroom mail, StateMachine machine) {
    this.id = id;
    this.host = host;
    this.mail = mail;
    this.machine = machine;
    port = new GroupPort(this, host);
    written = new GroupJournal(id, journal);
    applier = new Applier(id, machine);
    stewardship = new Stewardship(id, host.peers(), host.electionTicks());
    compaction = new Compaction(host.snapshotLimits(), 4 * host.electionTicks());
  }

  void begin(RaftCore started) {
    core = started;
    written.begin(core);
    applier.begin();
  }

  // --- any thread ---

  ShardId id() {
    return id;
  }

  /** What callers have of it. */
  GroupPort port() {
    return port;
  }

  long leadingTerm() {
    return leadingTerm;
  }

  Optional<NodeId> leader() {
    return leader;
  }

  List<NodeId> silentVoters() {
    return silentVoters;
  }

  // --- in the host's turn: what callers ask for ---

  void propose(Pending mine) {
    proposals.add(mine);
  }

  void askToRead(Pending mine) {
    reads.add(mine);
  }

  void change(Pending mine, MemberChange change) {
    if (leadsIn(mine)) {
      stewardship.change(mine, change, core, this::step);
    }
  }

  void transfer(Pending mine, NodeId target) {
    if (leadsIn(mine)) {
      stewardship.transfer(mine, target, core, this::step);
    }
  }

  /** Whether this node leads in the term of {@code mine}, which else is refused. */
  private boolean leadsIn(Pending mine) {
    boolean leads = !silent && core.leads() && core.term() == mine.term;
    if (!leads) {
      mine.fail(notLeading(mine.term));
    }
    return leads;
  }

  void status(Pending mine) {
    if (silent) {
      mine.fail(notLeading(mine.term));
    } else {
      mine.succeed(host.peers().status(this, core));
    }
  }

  void begin(Pending mine, Membership founders) {
    if (silent) {
      mine.fail(notLeading(mine.term));
    } else if (stewardship.mayBegin(mine, founders, core)) {
      try {
        written.begin(founders);
        core = host.startAgain(id, RaftCore.OnDisk.begun(founders));
        mine.succeed(null);
      } catch (DiskFull none) {
        mine.fail(none.refusal);
      }
    }
  }

  // --- in the host's turn: turns ---

  /** What was asked for in this turn goes together. */
  void endTurn() {
    if (!proposals.isEmpty() && goNow(proposals.nanosLeft(applier.waiting(), host.now()))) {
      List<Entry.Data> commands = proposals.offer(this::refusal);
      if (!commands.isEmpty()) {
        step(new Event.Propose(core.term(), commands));
      }
    }
    if (!reads.isEmpty() && goNow(reads.nanosLeft(host.now()))) {
      long round = reads.begin(mine -> !leadsIn(mine));
      if (round >= 0) {
        step(new Event.ReadRequested(round, host.now()));
      }
    }
  }

  private boolean goNow(long nanosLeft) {
    host.lookAgainWithin(nanosLeft);
    return nanosLeft == 0;
  }

  /** Why a command is not proposed, or null. */
  private DistDbException refusal(Pending proposal) {
    if (applier.full() != null) {
      return applier.full();
    }
    if (core.leads() && proposal.term == core.term()) {
      return null;
    }
    return full != null && !core.leads() ? full : notLeading(proposal.term);
  }

  void step(Event event) {
    if (silent) {
      return;
    }
    try {
      core.step(event).forEach(this::perform);
    } catch (DiskFull full) {
      startAgain(full.refusal);
    }
    leader = core.leader();
    stewardship.look(core);
  }

  void tick() {
    step(new Event.Tick(host.now()));
    stewardship.tick();
    if (compaction.waits()) {
      compaction.tick(core, applier.appliedBytes());
      compactWhatWaited();
    }
    silentVoters = leader.isEmpty() && !silent ? host.peers().silent(core.membership()) : List.of();
    if (!applier.isIdle()) {
      applier.goOn();
      leadIfApplied();
    }
  }

  RaftCore core() {
    return core;
  }

  /** Nobody waits for anything here, and everything is applied. */
  boolean isIdle() {
    return applier.isIdle()
        && proposals.isEmpty()
        && reads.isEmpty()
        && stewardship.isIdle()
        && !compaction.waits();
  }

  /** The membership at a place of the log; null: this node does not lead. */
  Membership membershipAt(long index) {
    return core.leads() && index >= core.base().index() ? core.membershipAt(index) : null;
  }

  /** Everything that was written before the host's last force. */
  void forced() {
    step(new Event.Persisted(lastWrite));
    applier.forced(core.durable());
  }

  void compactTo(long index) {
    compaction.saved(index);
    compactWhatWaited();
  }

  void compactWhatWaited() {
    if (!host.snapshots().leaves(id) && compaction.isDue(core)) {
      step(new Event.Compact(compaction.index()));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> write(persist);
      case Effect.Send send -> mail.add(send.to(), id, send.message());
      case Effect.Apply apply -> applier.add(apply.entries());
      case Effect.Accepted accepted -> proposals.accepted(accepted.first(), applier::accepted);
      case Effect.Refused refused -> refused(refused.why());
      case Effect.ReadReady ready -> applier.read(reads.end(ready.read()), ready.index());
      case Effect.ReadRefused refused ->
          reads.end(refused.read()).forEach(read -> read.fail(notLeading(read.term)));
      case Effect.SendSnapshot snapshot -> host.snapshots().send(this, snapshot.to());
      case Effect.Leading leading -> lead(leading.term());
      case Effect.Following following -> follow(following.term());
    }
  }

  private void write(Effect.Persist persist) {
    if (persist.installed().isEmpty()) {
      written.supersede(persist.entries());
    }
    persist.hardState().ifPresent(written::write);
    persist.installed().ifPresent(this::install);
    written.write(persist.entries());
    full = null;
    lastWrite = persist.sequence();
    host.written(this, written.end());
  }

  /** The journal first: with it alone a restart finds the state as if no snapshot had come. */
  private void install(Effect.Installed installed) {
    written.install(installed);
    DiskFull.refusing(() -> applier.install(installed.position(), arrived));
    withoutSnapshot = null;
  }

  /**
   * A whole snapshot has come; what it holds may be here already.
   *
   * @return whether it is here now
   */
  boolean snapshotReceived(NodeId from, SnapshotFrame.End end, Iterable<ByteBuffer> chunks) {
    arrived = chunks;
    withoutSnapshot = written.kept(core, applier.given());
    step(new Event.SnapshotReceived(from, end.transfer().term(), end.position(), end.membership()));
    withoutSnapshot = null;
    arrived = List.of();
    return core.committed() >= end.position().index();
  }

  private void refused(Effect.Refusal why) {
    stewardship.refused(why);
    proposals.refused(Refusals.proposal(id, why));
  }

  private void follow(long term) {
    follow(term, Long.MAX_VALUE, null);
  }

  /**
   * The machine hears of it before those who wait do: what they find is not the old leadership.
   *
   * @param kept what was proposed behind this index never was, for the reason {@code lost}
   */
  private void follow(long term, long kept, DistDbException lost) {
    boolean told = leadingTerm != NOT_LEADING;
    leadingTerm = NOT_LEADING;
    leadsWhenApplied = NOT_LEADING;
    host.snapshots().stop(id);
    if (told) {
      machine.following(term);
    }
    applier.failAt(index -> index > kept, lost);
    stewardship.follow(core);
    compaction.forget();
    applier.failProposals(
        Refusals.unknown(
            "node %s no longer leads shard %s; whether the change lasts is not known"
                .formatted(host.self(), id)));
    applier.failReads(notLeading(term));
  }

  private void lead(long term) {
    leadsWhenApplied = term;
    leadIfApplied();
  }

  private void leadIfApplied() {
    if (leadsWhenApplied != NOT_LEADING && applier.isIdle()) {
      // The machine first: who sees the term finds a machine that leads.
      machine.leading(leadsWhenApplied);
      leadingTerm = leadsWhenApplied;
      leadsWhenApplied = NOT_LEADING;
    }
  }

  /**
   * The journal had no room for what the core wrote, which therefore nobody was told. The group
   * goes on as after a crash that lost it: a core that begins with what the journal has.
   */
  private void startAgain(DistDbException refusal) {
    if (full == null) {
      LOG.error("shard {} takes no change until there is room: {}", id, refusal.getMessage());
    }
    full = Refusals.diskFull(host.self(), refusal);
    follow(core.term(), written.lastIndex(), full);
    reads.fail(read -> full);
    host.forget(this);
    core =
        host.startAgain(
            id,
            withoutSnapshot == null
                ? written.kept(core, applier.given())
                : written.again(withoutSnapshot));
    lastWrite = 0;
  }

  /** From now on nothing is done here; callers still come to be refused by {@link #stop}. */
  void silence() {
    silent = true;
  }

  /** Nothing goes on here: the host stops, or its disk does. */
  void stop(DistDbException why) {
    long term = leadingTerm;
    leadingTerm = NOT_LEADING;
    leader = Optional.empty();
    if (term != NOT_LEADING) {
      try {
        machine.following(term);
      } catch (RuntimeException defect) {
        // Who waits is answered all the same.
        LOG.error("shard {} did not end as it should", id, defect);
      }
    }
    proposals.fail(pending -> notLeading(pending.term));
    stewardship.stop(why);
    applier.failProposals(why);
    applier.failReads(notLeading(term));
    reads.fail(read -> notLeading(read.term));
  }

  DistDbException notLeading(long term) {
    return Refusals.notLeading(host.self(), id, term, leadingTerm, leader, silentVoters);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import io.distdb.raft.wire.SnapshotFrame;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One group on this node: feeds its core and performs what the core asks for. Callers wait in their
 * own threads; all else is done by the host's thread.
 */
final class HostedGroup implements ConsensusGroup {
  static final long NOT_LEADING = -1;
  private static final Logger LOG = LoggerFactory.getLogger(HostedGroup.class);

  private final ShardId id;
  private final RaftConsensus host;
  private final GroupJournal written;
  private final Mailroom mail;
  private final Applier applier;
  final StateMachine machine;
  private RaftCore core;

  // --- seen by callers ---
  private volatile long leadingTerm = NOT_LEADING;
  private volatile Optional<NodeId> leader = Optional.empty();

  // --- the host's thread ---

  /** Asked for in this turn. */
  private final List<Pending> proposals = new ArrayList<>();

  /** What is being proposed right now. */
  private List<Pending> offered = List.of();

  private final Map<Long, Pending> reads = new HashMap<>();
  private long nextRead;
  private long lastWrite;
  private long leadsWhenApplied = NOT_LEADING;
  private long compactible;

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
    written = new GroupJournal(id, journal);
    applier = new Applier(id, machine);
  }

  void begin(RaftCore started) {
    core = started;
    written.begin(core);
    applier.begin();
  }

  // --- callers ---

  @Override
  public ShardId id() {
    return id;
  }

  @Override
  public long leadingTerm() {
    return leadingTerm;
  }

  @Override
  public Optional<NodeId> leader() {
    return leader;
  }

  @Override
  public LogPosition committed() {
    return applier.committed();
  }

  @Override
  public Object propose(long term, Command command) {
    Pending mine = new Pending(term, command, host.newWaiter());
    host.submit(this, () -> proposals.add(mine), mine);
    return mine.await();
  }

  @Override
  public void confirmRead(long term) {
    Pending mine = new Pending(term, null, host.newWaiter());
    host.submit(this, () -> askToRead(mine), mine);
    mine.await();
  }

  @Override
  public void compact(LogPosition position) {
    host.compact(this, position);
  }

  // --- the host's thread ---

  private void askToRead(Pending mine) {
    if (silent || !core.leads() || core.term() != mine.term) {
      mine.fail(notLeading(mine.term));
      return;
    }
    long read = nextRead++;
    reads.put(read, mine);
    step(new Event.ReadRequested(read));
  }

  /** What was asked for in this turn goes together. */
  void endTurn() {
    if (proposals.isEmpty()) {
      return;
    }
    long term = core.term();
    List<Pending> batch = new ArrayList<>(proposals.size());
    for (Pending proposal : proposals) {
      if (applier.full() != null) {
        proposal.fail(applier.full());
      } else if (proposal.term == term && core.leads()) {
        batch.add(proposal);
      } else {
        proposal.fail(full != null && !core.leads() ? full : notLeading(proposal.term));
      }
    }
    proposals.clear();
    if (!batch.isEmpty()) {
      offered = batch;
      step(
          new Event.Propose(
              term, batch.stream().map(each -> Entry.Data.of(each.command)).toList()));
      offered = List.of();
    }
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
  }

  void tick() {
    step(new Event.Tick());
    if (!applier.isIdle()) {
      applier.goOn();
      leadIfApplied();
    }
  }

  long term() {
    return core.term();
  }

  boolean leadsNow() {
    return core.leads();
  }

  /** The membership at a place of the log; null: this node does not lead. */
  Membership membershipAt(long index) {
    return core.leads() && index >= core.base().index() ? core.membershipAt(index) : null;
  }

  /** Everything that was written before the host's last force. */
  void forced() {
    step(new Event.Persisted(lastWrite));
  }

  void compactTo(long index) {
    compactible = Math.max(compactible, index);
    compactWhatWaited();
  }

  /** A follower that gets a snapshot gets the entries behind it too, so they stay so long. */
  void compactWhatWaited() {
    if (compactible > core.base().index()
        && compactible <= core.applied()
        && !host.snapshots().leaves(id)) {
      step(new Event.Compact(compactible));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> write(persist);
      case Effect.Send send -> mail.add(send.to(), id, send.message());
      case Effect.Apply apply -> applier.add(apply.entries());
      case Effect.Accepted first -> accepted(first);
      case Effect.Refused refused -> refused(refused.why());
      case Effect.ReadReady ready ->
          applier.read(reads.remove(ready.read()), new LogPosition(core.term(), ready.index()));
      case Effect.ReadRefused refused -> {
        Pending read = reads.remove(refused.read());
        read.fail(notLeading(read.term));
      }
      case Effect.SendSnapshot snapshot -> host.snapshots().send(this, snapshot.to());
      case Effect.Leading leading -> lead(leading.term());
      case Effect.Following following -> follow(following.term());
    }
  }

  private void write(Effect.Persist persist) {
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
    applier.install(installed.position(), arrived);
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

  private void accepted(Effect.Accepted first) {
    long index = first.first().index();
    for (Pending proposal : offered) {
      proposal.position = new LogPosition(first.first().term(), index++);
      applier.accepted(proposal);
    }
  }

  private void refused(Effect.Refusal why) {
    for (Pending proposal : offered) {
      proposal.fail(
          new DistDbException(
              ErrorCode.CANNOT_CONNECT_NOW,
              switch (why) {
                case TRANSFERRING -> "shard " + id + " is handing its leadership over";
                case TOO_MUCH_UNCOMMITTED ->
                    "shard " + id + " has as many changes under way as it may";
                default -> "shard " + id + " takes no change: " + why;
              }));
    }
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
    applier.failProposals(
        new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "node "
                + host.self()
                + " no longer leads shard "
                + id
                + "; whether the change lasts is not known"));
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
    full =
        new DistDbException(
            ErrorCode.DISK_FULL,
            "node " + host.self() + " takes no change: " + refusal.getMessage(),
            refusal);
    follow(core.term(), written.lastIndex(), full);
    reads.values().forEach(read -> read.fail(full));
    reads.clear();
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
      machine.following(term);
    }
    proposals.forEach(pending -> pending.fail(notLeading(pending.term)));
    proposals.clear();
    applier.failProposals(why);
    applier.failReads(notLeading(term));
    reads.values().forEach(read -> read.fail(notLeading(read.term)));
    reads.clear();
  }

  DistDbException notLeading(long term) {
    long current = leadingTerm;
    String known = leader.map(node -> "; node " + node + " leads").orElse("");
    return new DistDbException(
        ErrorCode.CANNOT_CONNECT_NOW,
        current == NOT_LEADING
            ? "node " + host.self() + " does not lead shard " + id + known
            : "shard " + id + " is in term " + current + ", not in term " + term);
  }
}

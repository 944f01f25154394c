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
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Effect;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Event;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import io.distdb.raft.wire.StoredCommand;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * One group on this node: feeds its core and performs what the core asks for. Callers wait in their
 * own threads; all else is done by the host's thread.
 */
final class HostedGroup implements ConsensusGroup {
  static final long NOT_LEADING = -1;

  private final ShardId id;
  private final RaftConsensus host;
  private final Journal journal;
  private final Mailroom mail;
  final StateMachine machine;
  private RaftCore core;

  // --- seen by callers ---
  private volatile long leadingTerm = NOT_LEADING;
  private volatile Optional<NodeId> leader = Optional.empty();
  private volatile LogPosition committed = LogPosition.START;

  // --- the host's thread ---

  /** Asked for in this turn. */
  private final List<Pending> proposals = new ArrayList<>();

  /** In the log, in its order. */
  private final ArrayDeque<Pending> accepted = new ArrayDeque<>();

  /** What is being proposed right now. */
  private List<Pending> offered = List.of();

  private final Map<Long, Pending> reads = new HashMap<>();
  private final ArrayDeque<Pending> readsToApply = new ArrayDeque<>();
  private long nextRead;
  private long lastWrite;

  HostedGroup(
      ShardId id, RaftConsensus host, Journal journal, Mailroom mail, StateMachine machine) {
    this.id = id;
    this.host = host;
    this.journal = journal;
    this.mail = mail;
    this.machine = machine;
  }

  void begin(RaftCore started) {
    core = started;
    committed = machine.applied();
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
    return committed;
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
    if (!core.leads() || core.term() != mine.term) {
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
      if (proposal.term == term && core.leads()) {
        batch.add(proposal);
      } else {
        proposal.fail(notLeading(proposal.term));
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
    core.step(event).forEach(this::perform);
    leader = core.leader();
  }

  /** Everything that was written before the host's last force. */
  void forced() {
    step(new Event.Persisted(lastWrite));
  }

  void compactTo(long index) {
    if (index > core.base().index() && index <= core.applied()) {
      step(new Event.Compact(index));
    }
  }

  private void perform(Effect effect) {
    switch (effect) {
      case Effect.Persist persist -> write(persist);
      case Effect.Send send -> mail.add(send.to(), id, send.message());
      case Effect.Apply apply -> apply.entries().forEach(this::apply);
      case Effect.Accepted first -> accepted(first);
      case Effect.Refused refused -> refused(refused.why());
      case Effect.ReadReady ready -> ready(ready);
      case Effect.ReadRefused refused -> {
        Pending read = reads.remove(refused.read());
        read.fail(notLeading(read.term));
      }
      case Effect.SendSnapshot snapshot -> host.sendSnapshot(this, snapshot.to());
      case Effect.Leading leading -> {
        leadingTerm = leading.term();
        machine.leading(leading.term());
      }
      case Effect.Following following -> follow(following.term());
    }
  }

  private void write(Effect.Persist persist) {
    long end = 0;
    if (persist.hardState().isPresent()) {
      Effect.HardState state = persist.hardState().get();
      end = journal.append(new JournalRecord.HardState(id, state.term(), state.vote()));
    }
    if (persist.installed().isPresent()) {
      LogPosition position = persist.installed().get().position();
      Membership membership = persist.installed().get().membership();
      journal.append(configuration(position, membership));
      end = journal.append(new JournalRecord.SnapshotInstalled(id, position));
    }
    for (Entry entry : persist.entries()) {
      end = journal.append(record(entry));
    }
    lastWrite = persist.sequence();
    host.written(this, end);
  }

  private JournalRecord record(Entry entry) {
    return switch (entry.content()) {
      case Entry.Nothing nothing ->
          new JournalRecord.Entry(id, entry.position(), EmptyPayload.EMPTY);
      case Entry.Data data -> new JournalRecord.Entry(id, entry.position(), data.command());
      case Membership membership -> configuration(entry.position(), membership);
    };
  }

  private JournalRecord.Configuration configuration(LogPosition position, Membership membership) {
    return new JournalRecord.Configuration(
        id, position, membership.voters(), membership.outgoing(), membership.learners());
  }

  private void apply(Entry entry) {
    Object result = null;
    if (entry.content() instanceof Entry.Data data) {
      Command command =
          data.command() instanceof StoredCommand stored
              ? machine.decode(stored.bytes())
              : (Command) data.command();
      result = machine.apply(entry.position(), command);
    }
    committed = entry.position();
    Pending mine = accepted.peek();
    if (mine != null && mine.position.equals(entry.position())) {
      accepted.remove();
      mine.succeed(result);
    }
    while (!readsToApply.isEmpty() && readsToApply.peek().position.index() <= entry.index()) {
      readsToApply.remove().succeed(null);
    }
  }

  private void accepted(Effect.Accepted first) {
    long index = first.first().index();
    for (Pending proposal : offered) {
      proposal.position = new LogPosition(first.first().term(), index++);
      accepted.add(proposal);
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

  private void ready(Effect.ReadReady ready) {
    Pending read = reads.remove(ready.read());
    if (ready.index() <= committed.index()) {
      read.succeed(null);
    } else {
      read.position = new LogPosition(core.term(), ready.index());
      readsToApply.add(read);
    }
  }

  private void follow(long term) {
    boolean told = leadingTerm != NOT_LEADING;
    leadingTerm = NOT_LEADING;
    failAll(
        new DistDbException(
            ErrorCode.COMMIT_OUTCOME_UNKNOWN,
            "node "
                + host.self()
                + " no longer leads shard "
                + id
                + "; whether the change lasts is not known"));
    if (told) {
      machine.following(term);
    }
  }

  private void failAll(DistDbException unknown) {
    accepted.forEach(pending -> pending.fail(unknown));
    accepted.clear();
    readsToApply.forEach(read -> read.fail(notLeading(read.term)));
    readsToApply.clear();
  }

  /** Nothing goes on here: the host stops, or its disk does. */
  void stop(DistDbException why) {
    long term = leadingTerm;
    leadingTerm = NOT_LEADING;
    leader = Optional.empty();
    proposals.forEach(pending -> pending.fail(notLeading(pending.term)));
    proposals.clear();
    failAll(why);
    reads.values().forEach(read -> read.fail(notLeading(read.term)));
    reads.clear();
    if (term != NOT_LEADING) {
      machine.following(term);
    }
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

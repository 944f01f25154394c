// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Transport;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The Raft groups of a node. Who has the turn (see {@link Turns}) takes everything that has come
 * since the last one, gives it to the groups, sends what they say, then forces once what all of
 * them wrote: while the disk works the peers' disks do, too, and what comes meanwhile makes the
 * next turn.
 */
public final class RaftConsensus implements Consensus, Turns.Work {
  private static final Logger LOG = LoggerFactory.getLogger(RaftConsensus.class);

  /** Who looks for votes hears from all within two; the rest is for the way. */
  private static final int SILENT_ELECTIONS = 3;

  private final NodeId self;
  private final Journal journal;
  private final Transport transport;
  private final Scheduler scheduler;
  private final Clock clock;
  private final RaftOptions options;
  private final Mailroom mail;

  // --- between threads ---
  private final Object lock = new Object();
  private final TreeMap<ShardId, HostedGroup> groups = new TreeMap<>();
  private final Map<ShardId, LogPosition> covered = new TreeMap<>();
  private final Turns turns;
  private boolean started;
  private volatile DistDbException failure;

  // --- in the turn ---
  private final Set<HostedGroup> writers = new LinkedHashSet<>();
  private final Peers peers;
  private final Vigil vigil;
  private final Snapshots snapshots;
  private final CallBacks callBacks = new CallBacks();
  private long writtenEnd;

  private long nextTick;

  /** When a group wants its turn to end anew. */
  private long lookAgainAt = Long.MAX_VALUE;

  private long restarts;

  /**
   * @param journal not recovered yet, of durability {@code SYNC}; closed by whoever made it, after
   *     this, as the transport is
   */
  public RaftConsensus(
      NodeId self,
      Journal journal,
      Transport transport,
      Scheduler scheduler,
      Clock clock,
      RaftOptions options) {
    this.self = self;
    this.journal = journal;
    this.transport = transport;
    this.scheduler = scheduler;
    this.clock = clock;
    this.options = options;
    mail = new Mailroom(transport, clock);
    int silentTicks = SILENT_ELECTIONS * options.settings().electionTicks();
    peers = new Peers(self, clock, silentTicks * options.tickNanos());
    vigil = new Vigil(mail, peers, options.settings());
    snapshots = new Snapshots(this, transport, scheduler, clock, options);
    turns = new Turns(this, scheduler, clock);
  }

  NodeId self() {
    return self;
  }

  Waiter newWaiter() {
    return scheduler.newWaiter();
  }

  @Override
  public ReplicatedGroup open(ShardId id, StateMachine machine) {
    HostedGroup group = new HostedGroup(id, this, journal, mail, machine);
    synchronized (lock) {
      if (groups.putIfAbsent(id, group) != null) {
        throw new IllegalStateException("the group " + id + " is open already");
      }
      if (started) {
        begin(group, new Recall(id, machine.applied()));
      }
    }
    return group.port();
  }

  @Override
  public ReplicatedGroup replicated(ShardId id) {
    synchronized (lock) {
      HostedGroup group = groups.get(id);
      if (group == null) {
        throw new IllegalStateException("the group " + id + " was not opened");
      }
      return group.port();
    }
  }

  @Override
  public Journal.Recovery start(Journal.Progress progress) {
    Map<ShardId, Recall> recalls = new TreeMap<>();
    List<HostedGroup> all = groups();
    all.forEach(group -> recalls.put(group.id(), new Recall(group.id(), group.machine.applied())));
    Journal.Recovery recovery = journal.recover(record -> recall(recalls, record), progress);
    synchronized (lock) {
      started = true;
      all.forEach(group -> begin(group, recalls.get(group.id())));
      all.forEach(group -> snapshots.goOn(group.id()));
    }
    // The first tick is at once: a group whose only voter is here need not wait for anybody.
    nextTick = clock.nanoTime();
    turns.open();
    Arrivals arrivals = new Arrivals(this, mail);
    transport.whenLost(arrivals::lost);
    transport.start(arrivals::receive);
    turns.start();
    return recovery;
  }

  private static void recall(Map<ShardId, Recall> recalls, JournalRecord record) {
    Recall recall = recalls.get(record.group());
    if (recall == null) {
      throw new IllegalStateException(
          "the journal holds records of shard " + record.group() + ", which was not opened");
    }
    recall.take(record);
  }

  /** Its founders are in the journal before it says anything: what it says is forced later. */
  private void begin(HostedGroup group, Recall recall) {
    RaftCore.OnDisk disk = recall.onDisk();
    Membership founders = options.founders();
    if (recall.isNew()
        || recall.wasAlone() && isAlone(founders) && !founders.equals(disk.membership())) {
      disk = recall.isNew() ? RaftCore.OnDisk.begun(founders) : disk.of(founders);
      if (!founders.equals(Membership.NOBODY)) {
        journal.append(
            new JournalRecord.Configuration(
                group.id(),
                LogPosition.START,
                founders.voters(),
                founders.outgoing(),
                founders.learners()));
      }
    }
    group.begin(core(group.id(), disk));
  }

  /** What was alone, perhaps under another name, becomes the first member of a cluster. */
  private boolean isAlone(Membership founders) {
    return founders.equals(Membership.of(List.of(self), List.of()));
  }

  private RaftCore core(ShardId group, RaftCore.OnDisk disk) {
    long seed = (options.seed() * 31 + group.value()) * 31 + restarts;
    return RaftCore.start(self, options.settings(), seed, disk);
  }

  // --- any thread ---

  /** Does something in a turn, perhaps in this thread, or refuses {@code caller}. */
  void submit(HostedGroup group, Runnable work, Pending caller) {
    if (!turns.ask(work, caller)) {
      caller.fail(noTurn(group, caller.term));
    }
  }

  /** As {@link Turns#request}; why it will not be done. */
  Optional<DistDbException> request(HostedGroup group, long term, boolean atOnce, Runnable work) {
    return turns.request(work, atOnce) ? Optional.empty() : Optional.of(noTurn(group, term));
  }

  private DistDbException noTurn(HostedGroup group, long term) {
    DistDbException why = failure;
    return why == null ? group.notLeading(term) : why;
  }

  CallBacks callBacks() {
    return callBacks;
  }

  /** For what nobody waits for; whether it will be done. */
  boolean execute(Runnable work) {
    return turns.add(work);
  }

  void compact(HostedGroup group, LogPosition position) {
    Map<ShardId, LogPosition> through;
    synchronized (lock) {
      covered.merge(group.id(), position, (old, now) -> old.index() > now.index() ? old : now);
      through = new TreeMap<>(covered);
    }
    turns.add(() -> group.compactTo(position.index()));
    journal.purge(through);
  }

  @Override
  public void close() {
    turns.close();
  }

  // --- in the turn ---

  @Override
  public boolean turn(ArrayDeque<Runnable> asked, boolean ends) {
    List<HostedGroup> all = groups();
    lookAgainAt = Long.MAX_VALUE;
    try {
      while (!asked.isEmpty()) {
        asked.remove().run();
      }
      if (ends) {
        end(all, asked, Refusals.stops(self));
        return false;
      }
      if (clock.nanoTime() - nextTick >= 0) {
        nextTick = clock.nanoTime() + options.tickNanos();
        snapshots.tick();
        mail.beating(true);
        vigil.tick(all);
        mail.beating(false);
      }
      all.forEach(HostedGroup::endTurn);
      settle();
      return true;
    } catch (DistDbException refusal) {
      LOG.error("node {} takes no part any more: {}", self, refusal.getMessage());
      fail(all, asked, refusal);
      return false;
    } catch (RuntimeException | Error defect) {
      // Whoever started the thread logs it.
      fail(
          all, asked, new DistDbException(ErrorCode.INTERNAL_ERROR, "a defect: " + defect, defect));
      throw defect;
    }
  }

  @Override
  public long nextTurnAt() {
    return Math.min(nextTick, Math.min(lookAgainAt, mail.newsAt()));
  }

  /** Sends, calls back and forces until nothing is left to do. */
  private void settle() {
    mail.send();
    callBacks.call();
    while (!writers.isEmpty()) {
      journal.force(writtenEnd);
      List<HostedGroup> forced = List.copyOf(writers);
      writers.clear();
      forced.forEach(HostedGroup::forced);
      mail.send();
      callBacks.call();
    }
  }

  void written(HostedGroup group, long end) {
    writers.add(group);
    writtenEnd = Math.max(writtenEnd, end);
  }

  /** The group, or null. */
  HostedGroup group(ShardId id) {
    synchronized (lock) {
      return groups.get(id);
    }
  }

  List<HostedGroup> groups() {
    synchronized (lock) {
      return new ArrayList<>(groups.values());
    }
  }

  /** There is another turn so soon, whether or not something comes; 0: there need not be. */
  void lookAgainWithin(long nanos) {
    if (nanos > 0) {
      lookAgainAt = Math.min(lookAgainAt, clock.nanoTime() + nanos);
    }
  }

  Snapshots snapshots() {
    return snapshots;
  }

  long now() {
    return clock.nanoTime();
  }

  Peers peers() {
    return peers;
  }

  SnapshotLimits snapshotLimits() {
    return options.snapshots();
  }

  int electionTicks() {
    return options.settings().electionTicks();
  }

  void forget(HostedGroup group) {
    writers.remove(group);
  }

  /** A core of a group that goes on with what the disk has. */
  RaftCore startAgain(ShardId group, RaftCore.OnDisk disk) {
    restarts++;
    return core(group, disk);
  }

  /** The disk or a state machine refuses: this node says nothing any more. */
  private void fail(List<HostedGroup> all, ArrayDeque<Runnable> asked, DistDbException refusal) {
    failure = Refusals.takesNoPart(self, refusal);
    end(all, asked, Refusals.unknown(refusal));
  }

  /**
   * @param asked what is left of this turn: somebody may wait for it
   */
  private void end(List<HostedGroup> all, ArrayDeque<Runnable> asked, DistDbException why) {
    ArrayDeque<Runnable> late = turns.end();
    snapshots.end();
    all.forEach(HostedGroup::silence);
    asked.forEach(Runnable::run);
    late.forEach(Runnable::run);
    all.forEach(group -> group.stop(why));
    callBacks.call();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Lanes;
import io.distdb.raft.core.Membership;
import io.distdb.raft.host.RaftConsensus;
import io.distdb.raft.host.RaftOptions;
import io.distdb.raft.host.SnapshotLimits;
import io.distdb.sharding.call.CallLimits;
import io.distdb.sharding.call.MessageCalls;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sharding.txn.TransactionLimits;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.transport.SimulatedNetwork;
import java.util.List;
import java.util.Optional;

/** One node of the cluster over all its lives: everything as shipped, over simulated ports. */
final class Member {
  private static final long MEMORY_BYTES = 64 << 20;

  /** As far as clocks go wrong here: see {@link Mishap#CLOCK_DRIFT}. */
  private static final int DRIFT_PER_MILLE = 200;

  /** So small that every snapshot has several pieces, and some are given up. */
  private static final SnapshotLimits SNAPSHOTS =
      new SnapshotLimits(512, 2_048, 1 << 22, 50_000_000, 10, 1 << 22);

  /** What a node is from its start to its end. */
  record Life(
      int number,
      ConsensusGroup group,
      ReplicatedGroup members,
      ShardTransactionManager manager,
      Store store,
      Scheduler scheduler,
      Supervisor supervisor) {}

  final NodeId id;
  final SimulatedNode node;
  private final List<NodeId> founders;
  private final SimulatedNetwork network;
  private final ClusterWatch watch;
  private final SwarmMix mix;
  private final Planted planted;
  private Life life;
  private int starting;

  Member(
      SimulatedNode node,
      List<NodeId> founders,
      SimulatedNetwork network,
      ClusterWatch watch,
      SwarmMix mix,
      Planted planted) {
    this.id = new NodeId(node.name());
    this.node = node;
    this.founders = founders;
    this.network = network;
    this.watch = watch;
    this.mix = mix;
    this.planted = planted;
  }

  /** Starts a process, unless one lives here. */
  void start() {
    if (starting == node.lives() && node.isAlive()) {
      return;
    }
    if (!node.isAlive()) {
      node.kill();
    }
    starting = node.lives();
    node.scheduler().start("start", this::begin);
  }

  /** A disk that fails ends the process before it has begun. */
  private void begin() {
    int number = node.lives();
    try {
      life = open(number);
    } catch (DistDbException refusal) {
      starting = 0;
    }
  }

  private Life open(int number) {
    Scheduler scheduler = node.scheduler();
    Journal journal =
        new SegmentedJournal(
            node.disk(),
            scheduler,
            node.clock(),
            JournalOptions.DEFAULT.withSegmentBytes(1 << 14).withReserveBytes(1 << 12));
    MemoryStorageEngine engine =
        MemoryStorageEngine.open(
            Optional.of(node.disk()),
            new MemoryOptions(MEMORY_BYTES),
            scheduler,
            node.clock(),
            Journal.Progress.SILENT);
    Store store = engine.store(ShardId.SYSTEM);
    Lanes lanes = new Lanes(planted.transport(network.join(node)));
    MessageCalls calls =
        new MessageCalls(
            lanes.take(Envelope.Lane.REQUEST), scheduler, node.clock(), number, CallLimits.USUAL);
    Supervisor supervisor = new Supervisor(scheduler);
    RaftConsensus raft =
        new RaftConsensus(
            id,
            planted.journal(new WatchedJournal(journal, watch.log(id))),
            lanes.take(Envelope.Lane.CONSENSUS, Envelope.Lane.SNAPSHOT, Envelope.Lane.HEARTBEAT),
            supervisor,
            node.clock(),
            planted.options(options()));
    Watching consensus = new Watching(raft, store);
    ShardTransactionManager manager =
        ShardTransactionManager.open(
            store,
            consensus,
            scheduler,
            planted.clock(node.clock()),
            TransactionLimits.forBudget(MEMORY_BYTES)
                .withCheckpointBytes(mix.checkpointBytes())
                .withVersionRetentionMicros(2_000_000)
                .withGarbageVersionsMin(0),
            calls,
            id);
    calls.start();
    consensus.start(Journal.Progress.SILENT);
    return new Life(
        number,
        consensus.group,
        raft.replicated(ShardId.SYSTEM),
        manager,
        store,
        scheduler,
        supervisor);
  }

  private RaftOptions options() {
    RaftOptions options =
        RaftOptions.founding(founders(), 1 + founders.indexOf(id))
            .withTickNanos(mix.tickNanos())
            .withSnapshots(SNAPSHOTS);
    return mix.leases() ? options.withLeases(DRIFT_PER_MILLE) : options;
  }

  /** Who was not there at the beginning waits to be added. */
  private Membership founders() {
    return founders.contains(id) ? Membership.of(founders, List.of()) : Membership.NOBODY;
  }

  /** The present life, or null: the node is down, or does not serve yet. */
  Life life() {
    return life != null && life.number() == node.lives() && node.isAlive() ? life : null;
  }

  /** It lives and takes no part: a disk refused. Whoever looks after it starts it anew. */
  boolean hasGivenUp() {
    return life() != null && life().supervisor().hasEnded();
  }

  boolean leads() {
    return life() != null && life().group().leadingTerm() > 0;
  }

  @Override
  public String toString() {
    Life now = life();
    return id
        + (now == null
            ? " is down"
            : " leads in " + now.group().leadingTerm() + ", applied " + now.store().applied());
  }

  /** Puts the watch between consensus and the replica. */
  private final class Watching implements Consensus {
    private final Consensus consensus;
    private final Store store;
    private ConsensusGroup group;

    Watching(Consensus consensus, Store store) {
      this.consensus = consensus;
      this.store = store;
    }

    @Override
    public ConsensusGroup open(ShardId shard, StateMachine machine) {
      StateMachine watched = new WatchedMachine(id, planted.machine(machine), store, watch);
      group = planted.group(consensus.open(shard, watched));
      return group;
    }

    @Override
    public Journal.Recovery start(Journal.Progress progress) {
      return consensus.start(progress);
    }

    @Override
    public void close() {
      consensus.close();
    }
  }
}

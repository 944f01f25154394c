// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.index.Index;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.transport.Envelope.Lane;
import io.distdb.api.transport.Lanes;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.archive.Archiver;
import io.distdb.node.config.Config;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.raft.core.Membership;
import io.distdb.raft.host.RaftConsensus;
import io.distdb.raft.host.RaftOptions;
import io.distdb.raft.host.SnapshotLimits;
import io.distdb.raft.solo.SoloConsensus;
import java.util.List;
import java.util.Optional;

/** The Consensus port: a node that is alone agrees with itself, others by Raft. */
final class ConsensusModule extends AbstractModule {
  /** So that clients hardly see that a follower gets one: distdb-bench/catch-up measures it. */
  private static final int SNAPSHOT_SHARE_PERCENT = 5;

  private static final long HELD_BACK_BYTES_MIN = 32L << 20;
  private static final int HELD_BACK_PART = 8;

  @Override
  protected void configure() {
    Provider<Optional<Journal>> journal = getProvider(new Key<>() {});
    Provider<Optional<Archiver>> archiver = getProvider(new Key<>() {});
    Provider<Optional<Lanes>> lanes = getProvider(new Key<>() {});
    Provider<Optional<MemberModule.Place>> place = getProvider(new Key<>() {});
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<Consensus> consensus = getProvider(Consensus.class);
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(Consensus.class)
        .toProvider(() ->
            consensus(
                config.get(),
                journal.get(),
                archiver.get(),
                lanes.get(),
                place.get(),
                surroundings.get(),
                lifecycle.get()))
        .in(Singleton.class);
    bind(Replay.class)
        .toProvider(() ->
            replay(
                transactions.get(),
                consensus.get(),
                engine.get(),
                archiver.get(),
                surroundings.get()))
        .in(Singleton.class);
  }

  /**
   * @param archiver is open by now, so it is closed behind this: when nobody writes any more
   */
  private static Consensus consensus(
      Config config,
      Optional<Journal> journal,
      Optional<Archiver> archiver,
      Optional<Lanes> lanes,
      Optional<MemberModule.Place> place,
      Surroundings surroundings,
      Lifecycle lifecycle) {
    NodeId self = config.cluster().nodeId();
    return lifecycle.opened(
        "consensus",
        place
            .<Consensus>map(mine ->
                replicated(self, mine, journal.orElseThrow(), lanes.orElseThrow(), surroundings))
            .orElseGet(() -> new SoloConsensus(self, journal, surroundings.scheduler())));
  }

  /** Who begins a cluster begins it by itself; the steward takes the others in. */
  private static Consensus replicated(
      NodeId self,
      MemberModule.Place place,
      Journal journal,
      Lanes lanes,
      Surroundings surroundings) {
    MemberIdentity identity = place.identity();
    Membership founders =
        identity.begins() == MemberIdentity.Begins.NOT
            ? Membership.NOBODY
            : Membership.of(List.of(self), List.of());
    long seed = self.hashCode() * 31L + identity.incarnation();
    return new RaftConsensus(
        self,
        journal,
        lanes.take(Lane.CONSENSUS, Lane.SNAPSHOT, Lane.HEARTBEAT),
        surroundings.scheduler(),
        surroundings.clock(),
        RaftOptions.founding(founders, seed)
            .withSnapshots(
                SnapshotLimits.DEFAULT.givingWay(SNAPSHOT_SHARE_PERCENT, heldBackBytes()))
            .withArriving(place.arriving()));
  }

  /** The log that stays for a follower is in the heap. */
  private static long heldBackBytes() {
    return Math.max(HELD_BACK_BYTES_MIN, Runtime.getRuntime().maxMemory() / HELD_BACK_PART);
  }

  /**
   * Replays the log, once; from then on it is archived, if that is wanted.
   *
   * @param transactions has opened its groups by now: the log is replayed into them
   */
  private static Replay replay(
      TransactionManager transactions,
      Consensus consensus,
      StorageEngine engine,
      Optional<Archiver> archiver,
      Surroundings surroundings) {
    long snapshotRows = entries(engine);
    Journal.Recovery recovery = consensus.start(surroundings.progress());
    archiver.ifPresent(Archiver::start);
    return new Replay(recovery, snapshotRows);
  }

  private static long entries(StorageEngine engine) {
    long entries = 0;
    for (ShardId shard : engine.shards()) {
      for (Index index : engine.store(shard).indexes()) {
        entries += index.estimatedEntries();
      }
    }
    return entries;
  }

  /** The log is replayed, and this node leads. */
  record Replay(Journal.Recovery journal, long snapshotRows) {}
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.api.ShardId;
import io.distdb.api.cluster.Members;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.disk.Disk;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.transport.Calls;
import io.distdb.node.cluster.Addresses;
import io.distdb.node.cluster.ClockProbe;
import io.distdb.node.cluster.ClockWatch;
import io.distdb.node.cluster.ClusterMembership;
import io.distdb.node.cluster.Door;
import io.distdb.node.cluster.Joining;
import io.distdb.node.cluster.MemberStore;
import io.distdb.node.cluster.Steward;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.node.directory.MemberIdentity.Begins;
import io.distdb.node.grpc.GrpcTransport;
import io.distdb.sharding.txn.ShardTransactionManager;
import java.util.List;
import java.util.Optional;

/** A node's place in its cluster, and the steward of the members; neither for a node alone. */
final class MemberModule extends AbstractModule {
  /** This life of a node that is to be in a cluster. */
  record Life(MemberIdentity identity) {}

  /**
   * It is in a cluster now.
   *
   * @param joined what came of it if it has come in just now; empty: it was in before
   * @param arriving for what comes of other nodes' states
   */
  record Place(MemberIdentity identity, Optional<Joining.Joined> joined, Disk arriving) {}

  /** The members are looked after. */
  record Stewardship(MemberStore store, Members members, Steward steward) {}

  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Optional<Life>> life = getProvider(new Key<>() {});
    Provider<Optional<Place>> place = getProvider(new Key<>() {});
    Provider<Optional<GrpcTransport>> network = getProvider(new Key<>() {});
    Provider<Calls> calls = getProvider(Calls.class);
    Provider<Addresses> addresses = getProvider(Addresses.class);
    Provider<Door> door = getProvider(Door.class);
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<ShardTransactionManager> transactions = getProvider(ShardTransactionManager.class);
    Provider<Consensus> consensus = getProvider(Consensus.class);
    Provider<ConsensusModule.Replay> replay = getProvider(ConsensusModule.Replay.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(Addresses.class)
        .toProvider(() -> new Addresses(config.get().cluster()))
        .in(Singleton.class);
    bind(Door.class).toProvider(() -> new Door(config.get().cluster())).in(Singleton.class);
    bind(new TypeLiteral<Optional<Life>>() {})
        .toProvider(() -> life(config.get(), surroundings.get(), directory.get()))
        .in(Singleton.class);
    bind(new TypeLiteral<Optional<Place>>() {})
        .toProvider(() ->
            life.get()
                .map(mine ->
                    place(
                        mine.identity(),
                        config.get(),
                        surroundings.get(),
                        directory.get().orElseThrow(),
                        calls.get(),
                        door.get(),
                        network.get())))
        .in(Singleton.class);
    bind(new TypeLiteral<Optional<Stewardship>>() {})
        .toProvider(() ->
            place
                .get()
                .map(mine -> {
                  MemberStore members =
                      new MemberStore(
                          mine.identity().cluster().orElseThrow(),
                          engine.get().store(ShardId.SYSTEM),
                          transactions.get());
                  replay.get();
                  ReplicatedGroup group = consensus.get().replicated(ShardId.SYSTEM);
                  Steward steward =
                      lifecycle
                          .get()
                          .opened(
                              "steward",
                              new Steward(
                                  mine.identity(),
                                  surroundings.get().build().cluster(),
                                  config.get().cluster(),
                                  group,
                                  members,
                                  addresses.get(),
                                  door.get(),
                                  calls.get(),
                                  surroundings.get().scheduler(),
                                  transactions.get()::refuse));
                  ClockWatch clocks =
                      lifecycle
                          .get()
                          .opened(
                              "clocks",
                              new ClockWatch(
                                  group,
                                  new ClockProbe(calls.get(), surroundings.get().clock()),
                                  config.get().cluster().clockOffsetLimitMillis(),
                                  surroundings.get().scheduler()));
                  return new Stewardship(
                      members,
                      new ClusterMembership(
                          members,
                          group,
                          calls.get(),
                          surroundings.get().scheduler(),
                          steward,
                          clocks,
                          () -> network.get().map(GrpcTransport::links).orElse(List.of())),
                      steward);
                }))
        .in(Singleton.class);
  }

  /** Counts the start; durably, before anybody hears of it. */
  private static Optional<Life> life(
      Config config, Surroundings surroundings, Optional<DataDirectory> directory) {
    String node = config.cluster().nodeId().value();
    Optional<MemberIdentity> before = directory.flatMap(DataDirectory::member);
    before.ifPresent(identity -> ClusterLimits.checkSame(identity, config, directory.get()));
    if (!config.cluster().isCluster()) {
      return Optional.empty();
    }
    DataDirectory home = directory.orElseThrow();
    long now = Math.max(1, surroundings.clock().wallMicros());
    MemberIdentity identity =
        before
            .map(known -> known.withIncarnation(Math.max(known.incarnation() + 1, now)))
            .orElseGet(() ->
                new MemberIdentity(node, Long.toHexString(now), now, Optional.empty(), Begins.NOT));
    if (identity.cluster().isEmpty() && home.hadContent()) {
      identity = identity.in(newCluster(node, now), Begins.ALONE);
    }
    home.member(identity);
    return Optional.of(new Life(identity));
  }

  /** The time and the node tell it from all others; nobody reads anything from it. */
  static String newCluster(String node, long now) {
    return node + "-" + Long.toHexString(now);
  }

  private static Place place(
      MemberIdentity identity,
      Config config,
      Surroundings surroundings,
      DataDirectory directory,
      Calls calls,
      Door door,
      Optional<GrpcTransport> network) {
    MemberIdentity member = identity;
    Optional<Joining.Joined> fresh = Optional.empty();
    if (identity.cluster().isEmpty()) {
      GroupStart.Waiting waiting = new GroupStart.Waiting(surroundings);
      Joining.Joined joined =
          new Joining(
                  identity,
                  surroundings.build().cluster(),
                  config.cluster(),
                  calls,
                  new ClockProbe(calls, surroundings.clock()),
                  surroundings.scheduler(),
                  waiting::waitsFor)
              .await(newCluster(identity.node(), Math.max(1, surroundings.clock().wallMicros())));
      member = joined.identity();
      fresh = Optional.of(joined);
      String cluster = member.cluster().orElseThrow();
      door.memberOf(cluster);
      directory.member(member);
      network.ifPresent(transport -> transport.join(cluster));
    } else {
      door.memberOf(member.cluster().orElseThrow());
    }
    return new Place(member, fresh, directory.arriving());
  }
}

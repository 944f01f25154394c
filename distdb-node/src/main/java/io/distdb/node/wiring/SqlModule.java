// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.ShardId;
import io.distdb.api.backup.Backups;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import io.distdb.sql.session.Cluster;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;
import io.distdb.sql.setting.SettingValues;
import io.distdb.sql.spill.SpillSpace;
import io.distdb.storage.memory.disk.TemporaryDirectory;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import java.util.function.Supplier;

/** SQL over the transactions. */
final class SqlModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Consensus> consensus = getProvider(Consensus.class);
    Provider<Optional<MemberModule.Place>> place = getProvider(new Key<>() {});
    Provider<Optional<MemberModule.Stewardship>> steward = getProvider(new Key<>() {});
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    Provider<ConsensusModule.Replay> replay = getProvider(ConsensusModule.Replay.class);
    Provider<Calls> calls = getProvider(Calls.class);
    Provider<Backups> backups = getProvider(Backups.class);
    Provider<NodeMetrics> metrics = getProvider(NodeMetrics.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(Databases.class)
        .toProvider(() ->
            databases(
                config.get(),
                surroundings.get(),
                group(place.get(), steward.get(), consensus.get(), surroundings.get()),
                cluster(config.get(), steward.get(), consensus.get(), calls.get()),
                transactions.get(),
                replay.get(),
                backups.get(),
                metrics.get(),
                spillSpace(config.get(), surroundings.get(), directory.get(), lifecycle.get()),
                lifecycle.get()))
        .in(Singleton.class);
  }

  /**
   * Where statements put what they have no memory for: a directory of the data directory, or one of
   * its own, which is made for the first such statement.
   */
  private static SpillSpace spillSpace(
      Config config,
      Surroundings surroundings,
      Optional<DataDirectory> directory,
      Lifecycle lifecycle) {
    long limit = config.temporaryFileLimitBytes();
    if (directory.isPresent() && config.temporaryDirectory().isEmpty()) {
      return SpillSpace.open(directory.get().temporary(), limit);
    }
    Path parent =
        config.temporaryDirectory().orElseGet(() -> Path.of(System.getProperty("java.io.tmpdir")));
    TemporaryDirectory own =
        lifecycle.opened(
            "temporary directory", new TemporaryDirectory(parent, surroundings.clock()));
    return SpillSpace.at(own::disk, limit);
  }

  /**
   * What a member of a cluster waits for.
   *
   * @param steward is at work by now: who begins a cluster waits for the others
   */
  private static Optional<GroupStart> group(
      Optional<MemberModule.Place> place,
      Optional<MemberModule.Stewardship> steward,
      Consensus consensus,
      Surroundings surroundings) {
    return place.map(
        mine -> new GroupStart(mine.joined(), steward.orElseThrow(), consensus, surroundings));
  }

  /** With whom the databases are shared. */
  private static Optional<Cluster> cluster(
      Config config, Optional<MemberModule.Stewardship> steward, Consensus consensus, Calls calls) {
    return steward.map(stewardship ->
        new GroupCluster(
            config.cluster().nodeId(),
            consensus.replicated(ShardId.SYSTEM),
            calls,
            stewardship.members()));
  }

  /**
   * Opens the databases, which reads their catalogs.
   *
   * @param replay the log is replayed: there is something to read, as soon as somebody leads
   */
  private static Databases databases(
      Config config,
      Surroundings surroundings,
      Optional<GroupStart> group,
      Optional<Cluster> cluster,
      TransactionManager transactions,
      ConsensusModule.Replay replay,
      Backups backups,
      NodeMetrics metrics,
      SpillSpace spill,
      Lifecycle lifecycle) {
    DatabaseOptions options =
        new DatabaseOptions(
            config.isolation(),
            config.statementTimeoutMillis(),
            config.lockTimeoutMillis(),
            config.queryMemoryBytes(),
            DatabaseOptions.DEFAULT.cachedPlansMax());
    Supplier<Databases> open =
        () ->
            Databases.open(
                transactions,
                backups,
                surroundings.scheduler(),
                surroundings.clock(),
                options,
                metrics,
                spill,
                cluster);
    Databases databases =
        lifecycle.opened("databases", group.map(start -> start.whenLed(open)).orElseGet(open));
    databases.configure(Map.of(SettingValues.TRANSACTION_READ_MODE, readMode(config.cluster())));
    return databases;
  }

  /** A read replica reads what it has, unless it is told otherwise. */
  private static String readMode(ClusterConfig cluster) {
    return switch (cluster.role()) {
      case MEMBER -> "linearizable";
      case READ_REPLICA -> "bounded_staleness";
    };
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Calls;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.config.Config;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sharding.txn.TransactionLimits;
import java.util.concurrent.TimeUnit;

/** The TransactionManager port: one shard, the system shard, holds everything. */
final class TransactionModule extends AbstractModule {
  private static final long RETENTION_MILLIS_OF_A_CLUSTER = 10_000;
  private static final long GARBAGE_VERSIONS_LEAST = 4_096;
  private static final long GARBAGE_VERSIONS_MOST = 1 << 17;

  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<Consensus> consensus = getProvider(Consensus.class);
    Provider<Calls> calls = getProvider(Calls.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(TransactionManager.class).to(ShardTransactionManager.class);
    bind(ShardTransactionManager.class)
        .toProvider(() ->
            transactions(
                config.get(),
                surroundings.get(),
                engine.get().store(ShardId.SYSTEM),
                calls.get(),
                consensus.get(),
                lifecycle.get()))
        .in(Singleton.class);
  }

  private static ShardTransactionManager transactions(
      Config config,
      Surroundings surroundings,
      Store store,
      Calls calls,
      Consensus consensus,
      Lifecycle lifecycle) {
    Scheduler scheduler = surroundings.scheduler();
    Clock clock = surroundings.clock();
    TransactionLimits limits =
        TransactionLimits.forBudget(config.memoryBudgetBytes())
            .withCheckpointBytes(config.checkpointBytes())
            .withVersionRetentionMicros(TimeUnit.MILLISECONDS.toMicros(retentionMillis(config)))
            .withGarbageVersionsMin(garbageVersions(config.memoryBudgetBytes()));
    return lifecycle.opened(
        "transactions",
        config.cluster().isCluster()
            ? ShardTransactionManager.open(
                store, consensus, scheduler, clock, limits, calls, config.cluster().nodeId())
            : ShardTransactionManager.open(store, consensus, scheduler, clock, limits));
  }

  /** In a cluster at least as long as it takes to hear of what is read elsewhere, several times. */
  private static long retentionMillis(Config config) {
    long given = config.versionRetentionMillis();
    return config.cluster().isCluster() ? Math.max(given, RETENTION_MILLIS_OF_A_CLUSTER) : given;
  }

  /**
   * One old version for each 4 KiB of budget. A collection visits every leaf that has garbage, so
   * the more versions it finds in each, the less an update pays for it. Before growth is refused
   * for want of memory, all are collected.
   */
  private static long garbageVersions(long memoryBudgetBytes) {
    return Math.clamp(memoryBudgetBytes >> 12, GARBAGE_VERSIONS_LEAST, GARBAGE_VERSIONS_MOST);
  }
}

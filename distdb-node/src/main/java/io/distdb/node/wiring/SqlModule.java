// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.config.Config;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;

/** SQL over the transactions. */
final class SqlModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    Provider<ConsensusModule.Replay> replay = getProvider(ConsensusModule.Replay.class);
    Provider<NodeMetrics> metrics = getProvider(NodeMetrics.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(Databases.class)
        .toProvider(() ->
            databases(
                config.get(),
                surroundings.get(),
                transactions.get(),
                replay.get(),
                metrics.get(),
                lifecycle.get()))
        .in(Singleton.class);
  }

  /**
   * Opens the databases, which reads their catalogs.
   *
   * @param replay the log is replayed: there is something to read
   */
  private static Databases databases(
      Config config,
      Surroundings surroundings,
      TransactionManager transactions,
      ConsensusModule.Replay replay,
      NodeMetrics metrics,
      Lifecycle lifecycle) {
    DatabaseOptions options =
        new DatabaseOptions(
            config.isolation(),
            config.statementTimeoutMillis(),
            config.lockTimeoutMillis(),
            config.queryMemoryBytes(),
            DatabaseOptions.DEFAULT.cachedPlansMax());
    return lifecycle.opened(
        "databases",
        Databases.open(
            transactions, surroundings.scheduler(), surroundings.clock(), options, metrics));
  }
}

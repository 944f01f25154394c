// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Guice;
import com.google.inject.Injector;
import com.google.inject.Key;
import com.google.inject.ProvisionException;
import com.google.inject.Stage;
import io.distdb.api.ShardId;
import io.distdb.api.backup.Backups;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.error.DistDbException;
import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.cluster.Steward;
import io.distdb.node.config.Config;
import io.distdb.sql.catalog.CatalogView;
import io.distdb.sql.session.Database;
import io.distdb.sql.session.Databases;
import java.util.List;
import java.util.Optional;
import java.util.OptionalInt;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** Open databases with all their parts. Thread-safe. */
public final class Node implements AutoCloseable {
  private static final Logger LOG = LoggerFactory.getLogger(Node.class);

  private final Lifecycle lifecycle;
  private final Databases databases;
  private final TransactionManager transactions;
  private final Backups backups;
  private final Recovery recovery;
  private final Metered metrics;
  private final Optional<ReplicatedGroup> group;
  private final Optional<Steward> steward;

  private Node(
      Lifecycle lifecycle,
      Optional<ReplicatedGroup> group,
      Optional<Steward> steward,
      Databases databases,
      TransactionManager transactions,
      Backups backups,
      Metered metrics,
      Recovery recovery) {
    this.lifecycle = lifecycle;
    this.group = group;
    this.steward = steward;
    this.databases = databases;
    this.transactions = transactions;
    this.backups = backups;
    this.metrics = metrics;
    this.recovery = recovery;
  }

  /**
   * Starts a node on this machine.
   *
   * @throws DistDbException as {@link io.distdb.client.Client#open(Config)}
   */
  public static Node start(Config config) {
    config.validate();
    return start(config, Surroundings.system(config));
  }

  /**
   * Opens everything in order: a part's providers ask for what it stands on, so what is below is
   * open first. When a part refuses, what was opened before it is closed.
   *
   * @throws DistDbException as {@link io.distdb.client.Client#open(Config)}
   */
  public static Node start(Config config, Surroundings surroundings) {
    config.validate();
    ClusterLimits.check(config, surroundings);
    Lifecycle lifecycle = new Lifecycle();
    boolean opened = false;
    try {
      long began = surroundings.clock().nanoTime();
      Injector injector = injector(config, surroundings, lifecycle);
      Databases databases = injector.getInstance(Databases.class);
      ConsensusModule.Replay replay = injector.getInstance(ConsensusModule.Replay.class);
      long nanos = surroundings.clock().nanoTime() - began;
      Recovery recovery = new Recovery(replay.journal(), replay.snapshotRows(), nanos);
      log(surroundings, recovery);
      opened = true;
      return new Node(
          lifecycle,
          config.cluster().isCluster()
              ? Optional.of(injector.getInstance(Consensus.class).replicated(ShardId.SYSTEM))
              : Optional.empty(),
          injector
              .getInstance(new Key<Optional<MemberModule.Stewardship>>() {})
              .map(MemberModule.Stewardship::steward),
          databases,
          injector.getInstance(TransactionManager.class),
          injector.getInstance(Backups.class),
          injector.getInstance(NodeMetrics.class),
          recovery);
    } catch (ProvisionException wrapped) {
      throw wrapped.getCause() instanceof DistDbException cause ? cause : wrapped;
    } finally {
      if (!opened) {
        lifecycle.close();
      }
    }
  }

  private static Injector injector(Config config, Surroundings surroundings, Lifecycle lifecycle) {
    return Guice.createInjector(
        Stage.DEVELOPMENT,
        new AbstractModule() {
          @Override
          protected void configure() {
            binder().requireExplicitBindings();
            bind(Config.class).toInstance(config);
            bind(Surroundings.class).toInstance(surroundings);
            bind(Lifecycle.class).toInstance(lifecycle);
          }
        },
        new DirectoryModule(),
        new StorageModule(),
        new JournalModule(),
        new ArchiveModule(),
        new TransportModule(),
        new MemberModule(),
        new ConsensusModule(),
        new TransactionModule(),
        new BackupModule(),
        new MetricsModule(),
        new SqlModule());
  }

  private static void log(Surroundings surroundings, Recovery recovery) {
    if (surroundings.disk().isPresent()) {
      LOG.info(
          "opened {}: {} entries from the snapshot, {} records and {} bytes from the journal, {} s",
          surroundings.disk().get().location(),
          recovery.snapshotRows(),
          recovery.journal().records(),
          recovery.journal().bytes(),
          recovery.nanos() / 1_000_000 / 1e3);
    }
  }

  /** The main database, called {@link Databases#MAIN}. */
  public Database database() {
    return databases.main();
  }

  public Databases databases() {
    return databases;
  }

  /** The tables and indexes of the main database that a statement beginning now would see. */
  public CatalogView catalog() {
    return database().definitions();
  }

  public TransactionManager transactions() {
    return transactions;
  }

  public Backups backups() {
    return backups;
  }

  /** The group that this node is a member of; empty: it is alone. */
  public Optional<ReplicatedGroup> group() {
    return group;
  }

  /** Whether this node leads its group now; a node that is alone does. */
  public boolean leads() {
    return group.map(member -> member.leadingTerm() >= 0).orElse(true);
  }

  /**
   * Why it serves no more: it was removed from its cluster, or is too old for it; empty: it does.
   */
  public Optional<DistDbException> refusal() {
    return steward.flatMap(Steward::refusal);
  }

  /**
   * The {@link io.distdb.node.cluster.ClusterVersion} that its cluster is at, as far as this node
   * has heard; empty: it is alone.
   */
  public OptionalInt clusterVersion() {
    return steward.map(Steward::clusterVersion).map(OptionalInt::of).orElseGet(OptionalInt::empty);
  }

  /** What the node's parts tell of themselves; also the rows of {@code distdb.metrics}. */
  public List<Metric> metrics() {
    return metrics.metrics();
  }

  public Recovery recovery() {
    return recovery;
  }

  /** Closes every part, the last opened first. May be called twice. */
  @Override
  public void close() {
    lifecycle.close();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.journal.Journal;
import io.distdb.api.metrics.Metered;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.archive.Archiver;
import io.distdb.node.backup.DirectoryBackups;
import io.distdb.node.grpc.GrpcTransport;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what the parts tell of themselves. */
final class MetricsModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<Optional<Journal>> journal = getProvider(new Key<>() {});
    Provider<Optional<Archiver>> archiver = getProvider(new Key<>() {});
    Provider<Optional<GrpcTransport>> network = getProvider(new Key<>() {});
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    Provider<DirectoryBackups> backups = getProvider(DirectoryBackups.class);
    bind(NodeMetrics.class)
        .toProvider(() -> {
          List<Metered> parts = new ArrayList<>();
          parts.add(transactions.get());
          parts.add(engine.get());
          journal.get().ifPresent(parts::add);
          archiver.get().ifPresent(parts::add);
          parts.add(backups.get());
          network.get().ifPresent(parts::add);
          return new NodeMetrics(parts);
        })
        .in(Singleton.class);
  }
}

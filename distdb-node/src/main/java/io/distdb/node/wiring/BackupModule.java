// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.ShardId;
import io.distdb.api.backup.Backups;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.backup.DirectoryBackups;
import io.distdb.node.backup.LiveLog;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import java.util.Optional;

/** The Backups port: directories of files. */
final class BackupModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Optional<Journal>> journal = getProvider(new Key<>() {});
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    bind(Backups.class).to(DirectoryBackups.class);
    bind(DirectoryBackups.class)
        .toProvider(() ->
            backups(
                config.get(),
                surroundings.get(),
                directory.get(),
                transactions.get(),
                log(journal.get(), engine.get(), config.get(), surroundings.get())))
        .in(Singleton.class);
  }

  private static Optional<LiveLog> log(
      Optional<Journal> journal, StorageEngine engine, Config config, Surroundings surroundings) {
    return journal.map(kept ->
        new LiveLog(kept, engine.store(ShardId.SYSTEM), ArchiveModule.disk(config, surroundings)));
  }

  private static DirectoryBackups backups(
      Config config,
      Surroundings surroundings,
      Optional<DataDirectory> directory,
      TransactionManager transactions,
      Optional<LiveLog> log) {
    String ofThisProcess = Long.toHexString(surroundings.clock().wallMicros());
    DirectoryBackups.Source source =
        new DirectoryBackups.Source(
            () -> directory.map(DataDirectory::identity).orElse(ofThisProcess),
            config.storage(),
            directory.flatMap(DataDirectory::localPath),
            log,
            config.cluster().isCluster());
    return new DirectoryBackups(
        source,
        transactions,
        surroundings.places(),
        surroundings.scheduler(),
        surroundings.clock(),
        new DirectoryBackups.Limits(config.backupIoLimitBytes(), config.backupSharePercent()));
  }
}

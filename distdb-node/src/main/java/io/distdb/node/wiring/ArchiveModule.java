// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.api.ShardId;
import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.txn.TransactionManager;
import io.distdb.node.archive.ArchiveDirectory;
import io.distdb.node.archive.ArchiveOptions;
import io.distdb.node.archive.ArchivedLog;
import io.distdb.node.archive.Archiver;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** What archives the log; none without {@code archive_dir}. */
final class ArchiveModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Optional<Journal>> journal = getProvider(new Key<>() {});
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    Provider<StorageEngine> engine = getProvider(StorageEngine.class);
    Provider<TransactionManager> transactions = getProvider(TransactionManager.class);
    bind(new TypeLiteral<Optional<Archiver>>() {})
        .toProvider(() ->
            disk(config.get(), surroundings.get())
                .map(disk ->
                    lifecycle
                        .get()
                        .opened(
                            "archive",
                            archiver(
                                disk,
                                directory.get().orElseThrow(),
                                journal.get().orElseThrow(),
                                new SystemLog(engine.get(), transactions),
                                config.get(),
                                surroundings.get()))))
        .in(Singleton.class);
  }

  /** Where the archive is, if there is one. */
  static Optional<Disk> disk(Config config, Surroundings surroundings) {
    return config.archive().directory().map(path -> surroundings.places().at(path.toString()));
  }

  private static Archiver archiver(
      Disk disk,
      DataDirectory directory,
      Journal journal,
      ArchivedLog log,
      Config config,
      Surroundings surroundings) {
    ArchiveOptions options =
        new ArchiveOptions(
            TimeUnit.MILLISECONDS.toNanos(config.archive().intervalMillis()),
            config.journalSegmentBytes(),
            config.backupIoLimitBytes());
    return new Archiver(
        journal,
        ArchiveDirectory.open(disk, directory.identity()),
        log,
        surroundings.scheduler(),
        surroundings.clock(),
        options);
  }

  /**
   * The system shard, which holds everything.
   *
   * @param engine is open by now, so it is closed behind the archive: that reads it to the end
   * @param transactions are opened later
   */
  private record SystemLog(StorageEngine engine, Provider<TransactionManager> transactions)
      implements ArchivedLog {
    @Override
    public ShardId shard() {
      return ShardId.SYSTEM;
    }

    @Override
    public long applied() {
      return engine.store(ShardId.SYSTEM).applied().index();
    }

    @Override
    public long settled() {
      return transactions.get().settled();
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Journal;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import java.util.Optional;
import java.util.concurrent.TimeUnit;

/** The Journal port: segment files in the data directory; none for a database in memory. */
final class JournalModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(new TypeLiteral<Optional<Journal>>() {})
        .toProvider(
            () -> journal(config.get(), surroundings.get(), directory.get(), lifecycle.get()))
        .in(Singleton.class);
  }

  private static Optional<Journal> journal(
      Config config,
      Surroundings surroundings,
      Optional<DataDirectory> directory,
      Lifecycle lifecycle) {
    return directory
        .map(DataDirectory::journal)
        .map(disk -> lifecycle.opened("journal", journal(disk, config, surroundings)));
  }

  private static Journal journal(Disk disk, Config config, Surroundings surroundings) {
    JournalOptions options =
        JournalOptions.DEFAULT
            .withDurability(config.durability())
            .withSegmentBytes(config.journalSegmentBytes())
            .withIntervalNanos(TimeUnit.MILLISECONDS.toNanos(config.intervalMillis()));
    return new SegmentedJournal(disk, surroundings.scheduler(), surroundings.clock(), options);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.node.config.Config;
import io.distdb.node.directory.DataDirectory;
import io.distdb.node.directory.DirectoryLayout;
import java.util.Optional;

/** The Disk port: the data directory, held from here on; none for a database in memory. */
final class DirectoryModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(new TypeLiteral<Optional<DataDirectory>>() {})
        .toProvider(() -> directory(config.get(), surroundings.get(), lifecycle.get()))
        .in(Singleton.class);
  }

  private static Optional<DataDirectory> directory(
      Config config, Surroundings surroundings, Lifecycle lifecycle) {
    DirectoryLayout layout =
        new DirectoryLayout(
            config.storage(),
            surroundings.journal(),
            Long.toHexString(surroundings.clock().wallMicros()));
    return surroundings
        .disk()
        .map(disk -> DataDirectory.open(disk, layout, surroundings.holder()))
        .map(directory -> lifecycle.opened("data directory", directory));
  }
}

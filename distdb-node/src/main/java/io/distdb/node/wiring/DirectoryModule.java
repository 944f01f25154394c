// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.node.directory.DataDirectory;
import java.util.Optional;

/** The Disk port: the data directory, held from here on; none for a database in memory. */
final class DirectoryModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(new TypeLiteral<Optional<DataDirectory>>() {})
        .toProvider(() -> directory(surroundings.get(), lifecycle.get()))
        .in(Singleton.class);
  }

  private static Optional<DataDirectory> directory(Surroundings surroundings, Lifecycle lifecycle) {
    return surroundings
        .disk()
        .map(disk -> DataDirectory.open(disk, surroundings.holder()))
        .map(directory -> lifecycle.opened("data directory", directory));
  }
}

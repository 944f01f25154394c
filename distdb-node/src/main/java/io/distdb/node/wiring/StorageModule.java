// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;
import io.distdb.node.config.Config;
import io.distdb.node.config.StorageProviders;
import io.distdb.node.directory.DataDirectory;
import java.util.Optional;

/** The StorageEngine port: the adapter that the configuration names, found on the class path. */
final class StorageModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<DataDirectory>> directory = getProvider(new Key<>() {});
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(StorageEngine.class)
        .toProvider(
            () -> engine(config.get(), surroundings.get(), directory.get(), lifecycle.get()))
        .in(Singleton.class);
  }

  private static StorageEngine engine(
      Config config,
      Surroundings surroundings,
      Optional<DataDirectory> directory,
      Lifecycle lifecycle) {
    StorageResources resources =
        new StorageResources(
            directory.map(DataDirectory::engine),
            config.memoryBudgetBytes(),
            config.ioLimits(),
            config.snapshotCompression(),
            surroundings.scheduler(),
            surroundings.clock(),
            surroundings.progress());
    return lifecycle.opened(
        "storage engine", StorageProviders.installed().named(config.storage()).open(resources));
  }
}

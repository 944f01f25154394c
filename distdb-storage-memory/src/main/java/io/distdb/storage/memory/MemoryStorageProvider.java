// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.inspect.Damage;
import io.distdb.api.provider.StorageInspector;
import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;
import java.util.Optional;
import java.util.function.Consumer;

/** {@code storage: memory}. */
public final class MemoryStorageProvider implements StorageProvider {
  public static final String NAME = "memory";

  @Override
  public String name() {
    return NAME;
  }

  @Override
  public StorageEngine open(StorageResources resources) {
    return MemoryStorageEngine.open(
        resources.disk(),
        new MemoryOptions(
            resources.memoryBytes(), resources.compression(), resources.limits().checkpoint()),
        resources.scheduler(),
        resources.clock(),
        resources.progress());
  }

  @Override
  public Optional<StorageInspector> inspect(StorageResources resources, Consumer<Damage> damages) {
    return resources.disk().map(disk -> new MemoryInspector(disk, resources.progress(), damages));
  }
}

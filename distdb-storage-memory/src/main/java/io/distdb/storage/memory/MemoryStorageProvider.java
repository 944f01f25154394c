// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;

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
        new MemoryOptions(resources.memoryBytes(), resources.compression()),
        resources.scheduler(),
        resources.clock(),
        resources.progress());
  }
}

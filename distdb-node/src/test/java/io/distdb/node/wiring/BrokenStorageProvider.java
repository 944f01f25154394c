// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;

/** A storage adapter whose own libraries are not there. */
public final class BrokenStorageProvider implements StorageProvider {
  public BrokenStorageProvider() {
    throw new NoClassDefFoundError("org/example/Native");
  }

  @Override
  public String name() {
    return "broken";
  }

  @Override
  public StorageEngine open(StorageResources resources) {
    throw new AssertionError("it cannot be made");
  }
}

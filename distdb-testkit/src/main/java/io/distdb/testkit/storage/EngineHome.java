// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import io.distdb.api.storage.StorageEngine;

/** A place for one engine at a time, such as a directory. */
public interface EngineHome extends AutoCloseable {
  /** Opens the engine with what its checkpoints left here. The last one was closed. */
  StorageEngine open();

  /** The place goes away. No engine is open. */
  @Override
  void close();
}

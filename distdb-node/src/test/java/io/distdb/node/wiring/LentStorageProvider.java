// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.MemoryStorageProvider;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/** A storage adapter as another jar would bring it: the in-memory engine under another name. */
public final class LentStorageProvider implements StorageProvider {
  /** What it was opened with, the last one last. */
  static final List<StorageResources> OPENED = new ArrayList<>();

  /** How many openings were prepared. */
  static final AtomicInteger PREPARED = new AtomicInteger();

  @Override
  public String name() {
    return "lent";
  }

  @Override
  public void prepare(Scheduler scheduler) {
    PREPARED.incrementAndGet();
  }

  @Override
  public StorageEngine open(StorageResources resources) {
    OPENED.add(resources);
    return new MemoryStorageProvider().open(resources);
  }
}

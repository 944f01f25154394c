// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.util.concurrent.atomic.AtomicLong;

/** What all stores of an engine take together, and may take. Thread-safe. */
final class MemoryAccount {
  private final long budgetBytes;
  private final AtomicLong usedBytes = new AtomicLong();

  MemoryAccount(long budgetBytes) {
    this.budgetBytes = budgetBytes;
  }

  long budgetBytes() {
    return budgetBytes;
  }

  long usedBytes() {
    return usedBytes.get();
  }

  void add(long bytes) {
    if (bytes != 0) {
      usedBytes.addAndGet(bytes);
    }
  }

  void admit(long growthBytes) {
    long used = usedBytes.get();
    if (growthBytes > 0 && growthBytes > budgetBytes - used) {
      throw new DistDbException(
              ErrorCode.OUT_OF_MEMORY,
              "memory budget exceeded: the data takes "
                  + used
                  + " bytes, this write about "
                  + growthBytes
                  + ", the budget is "
                  + budgetBytes)
          .withHint("Delete rows, or raise memory_budget and Java's -Xmx.");
    }
  }
}

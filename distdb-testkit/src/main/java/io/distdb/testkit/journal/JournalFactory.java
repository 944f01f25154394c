// SPDX-License-Identifier: MIT
package io.distdb.testkit.journal;

import io.distdb.api.disk.Disk;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Scheduler;

/** Makes the journal under test. */
@FunctionalInterface
public interface JournalFactory {
  /**
   * A journal on {@code disk} that was not recovered yet.
   *
   * @param segmentBytes about how large its files are to be; small, so that a test sees many
   */
  Journal make(Disk disk, Scheduler scheduler, Durability durability, long segmentBytes);
}

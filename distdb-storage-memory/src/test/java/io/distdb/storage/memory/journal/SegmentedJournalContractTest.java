// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.time.Clock;
import io.distdb.testkit.journal.JournalContract;
import io.distdb.testkit.journal.JournalFactory;

class SegmentedJournalContractTest extends JournalContract {
  static final JournalFactory FACTORY =
      (disk, scheduler, durability, segmentBytes) ->
          new SegmentedJournal(
              disk,
              scheduler,
              Clock.system(),
              JournalOptions.DEFAULT
                  .withDurability(durability)
                  .withSegmentBytes(segmentBytes)
                  .withIntervalNanos(3_600_000_000_000L)
                  .withIdleMarkNanos(Long.MAX_VALUE)
                  .withReserveBytes(4096));

  @Override
  protected JournalFactory factory() {
    return FACTORY;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.testkit.journal.JournalFactory;
import io.distdb.testkit.journal.JournalReadingContract;

class SegmentedJournalReadingTest extends JournalReadingContract {
  @Override
  protected JournalFactory factory() {
    return SegmentedJournalContractTest.FACTORY;
  }
}

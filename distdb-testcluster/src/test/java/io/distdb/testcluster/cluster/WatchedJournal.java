// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.ShardId;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import java.util.Map;
import java.util.function.Consumer;

/** A node's journal; tells a {@link DurableLog} what is on the disk. */
final class WatchedJournal extends ForwardingJournal {
  private final DurableLog log;

  WatchedJournal(Journal journal, DurableLog log) {
    super(journal);
    this.log = log;
  }

  @Override
  public Recovery recover(Consumer<JournalRecord> visitor, Progress progress) {
    log.beginRecovery();
    Recovery recovery =
        journal.recover(
            record -> {
              log.recovered(record);
              visitor.accept(record);
            },
            progress);
    log.endRecovery();
    return recovery;
  }

  @Override
  public long append(JournalRecord record) {
    long end = journal.append(record);
    log.append(record, end);
    return end;
  }

  @Override
  public void force(long offset) {
    journal.force(offset);
    log.forced(offset);
  }

  @Override
  public void forceToDisk(long offset) {
    journal.forceToDisk(offset);
    log.forced(offset);
  }

  @Override
  public void purge(Map<ShardId, LogPosition> covered) {
    LogPosition through = covered.get(ShardId.SYSTEM);
    if (through != null) {
      log.purged(through);
    }
    journal.purge(covered);
  }
}

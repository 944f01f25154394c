// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.ShardId;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import java.util.function.Consumer;
import java.util.function.LongConsumer;

/** Another journal; who extends it changes some of its calls. */
class ForwardingJournal implements Journal {
  final Journal journal;

  ForwardingJournal(Journal journal) {
    this.journal = journal;
  }

  @Override
  public Recovery recover(Consumer<JournalRecord> visitor, Progress progress) {
    return journal.recover(visitor, progress);
  }

  @Override
  public long append(JournalRecord record) {
    return journal.append(record);
  }

  @Override
  public void force(long offset) {
    journal.force(offset);
  }

  @Override
  public void forceToDisk(long offset) {
    journal.forceToDisk(offset);
  }

  @Override
  public void purge(Map<ShardId, LogPosition> covered) {
    journal.purge(covered);
  }

  @Override
  public long forcedOffset() {
    return journal.forcedOffset();
  }

  @Override
  public long endOffset() {
    return journal.endOffset();
  }

  @Override
  public long retainedBytes() {
    return journal.retainedBytes();
  }

  @Override
  public Retention retain(ShardId group, long index) {
    return journal.retain(group, index);
  }

  @Override
  public OptionalLong oldestIndex(ShardId group) {
    return journal.oldestIndex(group);
  }

  @Override
  public void read(
      ShardId group, long above, long through, Consumer<JournalRecord.Recovered> visitor) {
    journal.read(group, above, through, visitor);
  }

  @Override
  public void onWritten(LongConsumer listener) {
    journal.onWritten(listener);
  }

  @Override
  public Durability durability() {
    return journal.durability();
  }

  @Override
  public List<Metric> metrics() {
    return journal.metrics();
  }

  @Override
  public void close() {
    journal.close();
  }
}

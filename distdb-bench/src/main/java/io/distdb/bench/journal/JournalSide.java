// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import java.nio.file.Path;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/** Append and force of the journal alone. */
final class JournalSide implements Side {
  private static final long PURGE_EVERY = 1 << 19;

  private final Durability durability;
  private final Journal journal;
  private final AtomicLong index = new AtomicLong();

  JournalSide(Path directory, Durability durability) {
    this.durability = durability;
    this.journal = open(directory.resolve("journal-" + durability), durability);
    journal.recover(record -> {}, Journal.Progress.SILENT);
  }

  static Journal open(Path directory, Durability durability) {
    return new SegmentedJournal(
        new FileDisk(directory),
        Scheduler.threads(),
        Clock.system(),
        JournalOptions.DEFAULT.withDurability(durability));
  }

  @Override
  public String name() {
    return "journal, " + durability.name().toLowerCase(java.util.Locale.ROOT);
  }

  @Override
  public void write(byte[] record) {
    long mine = index.incrementAndGet();
    journal.force(
        journal.append(
            new JournalRecord.Recovered(
                ShardId.SYSTEM, new LogPosition(1, mine), Bytes.wrap(record))));
    if (mine % PURGE_EVERY == 0) {
      journal.purge(Map.of(ShardId.SYSTEM, new LogPosition(1, mine)));
    }
  }

  @Override
  public void close() {
    journal.close();
  }
}

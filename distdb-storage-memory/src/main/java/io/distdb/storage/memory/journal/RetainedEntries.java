// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.journal;

import io.distdb.api.ShardId;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Consumer;

/** Entries that are not purged: holding them, and reading them. Thread-safe. */
final class RetainedEntries {
  /** The journal's. */
  private final ReentrantLock lock;

  private final SegmentFiles files;
  private final SegmentChain chain;

  RetainedEntries(ReentrantLock lock, SegmentFiles files, SegmentChain chain) {
    this.lock = lock;
    this.files = files;
    this.chain = chain;
  }

  Journal.Retention retain(ShardId group, long index) {
    lock.lock();
    try {
      return new Retention(chain.held().hold(group, index));
    } finally {
      lock.unlock();
    }
  }

  OptionalLong oldest(ShardId group) {
    lock.lock();
    try {
      long oldest = chain.oldestEntry(group);
      return oldest == Long.MAX_VALUE ? OptionalLong.empty() : OptionalLong.of(oldest);
    } finally {
      lock.unlock();
    }
  }

  /**
   * @param forced the journal is on the disk up to here
   */
  void read(
      ShardId group,
      long above,
      long through,
      long forced,
      Consumer<JournalRecord.Recovered> visitor) {
    try (Journal.Retention held = retain(group, above)) {
      List<SegmentChain.Piece> pieces;
      lock.lock();
      try {
        pieces = chain.pieces(group, above, forced);
      } finally {
        lock.unlock();
      }
      new EntryReading(files, group, above, through, visitor).read(pieces);
    }
  }

  /** A hold as its holder sees it. */
  private final class Retention implements Journal.Retention {
    private final HeldEntries.Hold hold;

    private Retention(HeldEntries.Hold hold) {
      this.hold = hold;
    }

    @Override
    public void advance(long index) {
      lock.lock();
      try {
        hold.advance(index);
      } finally {
        lock.unlock();
      }
    }

    @Override
    public void close() {
      lock.lock();
      try {
        chain.held().letGo(hold);
      } finally {
        lock.unlock();
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.fake;

import io.distdb.api.Bytes;
import io.distdb.api.TableId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.metrics.Metric;
import io.distdb.api.storage.Compression;
import io.distdb.api.txn.AnnouncementListener;
import io.distdb.api.txn.CommitOutcome;
import io.distdb.api.txn.CommitToken;
import io.distdb.api.txn.ContentSink;
import io.distdb.api.txn.ExportedContent;
import io.distdb.api.txn.LockView;
import io.distdb.api.txn.TimestampSource;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.NavigableMap;
import java.util.Set;
import java.util.TreeMap;

/**
 * Versioned maps, one commit counter, locks that never wait: a lock that another transaction holds
 * is {@code LOCK_NOT_AVAILABLE}. Honest where SQL looks: snapshots per level, newest values under a
 * lock, schema versions, own writes, savepoints. For one thread.
 */
public final class FakeTransactionManager implements TransactionManager {
  record Version(long timestamp, Bytes value) {}

  static final class Entries {
    final IndexKind kind;
    final NavigableMap<Bytes, List<Version>> versions = new TreeMap<>();

    Entries(IndexKind kind) {
      this.kind = kind;
    }
  }

  final Map<IndexId, Entries> indexes = new HashMap<>();
  final Set<IndexId> dropped = new HashSet<>();
  final Map<Object, FakeTransaction> locks = new HashMap<>();
  final Map<TableId, Long> tableChanges = new HashMap<>();
  final List<Long> schemaChanges = new ArrayList<>();
  long clock = 1;

  /** Null: nobody listens. */
  AnnouncementListener announcements;

  private long nextIndexId = 100;

  /** Commits so far that failed on purpose. */
  private int failuresLeft;

  private ErrorCode readFailure;
  private int readsBefore;
  private int readFailuresLeft;

  /** The next {@code count} commits that write end with {@code SERIALIZATION_FAILURE}. */
  public void failCommits(int count) {
    failuresLeft = count;
  }

  /** Indexes there are now. */
  public int indexCount() {
    return indexes.size() - dropped.size();
  }

  /**
   * Of the entries that are read, {@code after} are there; each of the next {@code count} reads
   * ends with {@code code}.
   */
  public void failReads(ErrorCode code, int after, int count) {
    readFailure = code;
    readsBefore = after;
    readFailuresLeft = count;
  }

  /** An entry is about to be read. */
  void reads() {
    if (readFailuresLeft > 0 && readsBefore-- <= 0) {
      readFailuresLeft--;
      throw new DistDbException(readFailure, "a read fails on purpose");
    }
  }

  boolean takeFailure() {
    return failuresLeft > 0 && failuresLeft-- > 0;
  }

  @Override
  public List<Metric> metrics() {
    return List.of();
  }

  @Override
  public Transaction begin(TransactionOptions options) {
    return new FakeTransaction(this, options);
  }

  @Override
  public Transaction beginAt(long snapshot, TransactionOptions options) {
    return FakeTransaction.at(snapshot, this, options);
  }

  @Override
  public CommitOutcome outcome(CommitToken token) {
    return new CommitOutcome.Unknown();
  }

  @Override
  public void onAnnouncement(AnnouncementListener listener) {
    announcements = listener;
  }

  @Override
  public IndexId newIndexId() {
    return new IndexId(nextIndexId++);
  }

  @Override
  public void checkpoint() {}

  @Override
  public long settled() {
    throw new UnsupportedOperationException("the fake has no commits on their way");
  }

  @Override
  public long settle() {
    throw new UnsupportedOperationException("the fake has no commits on their way");
  }

  @Override
  public ExportedContent export(Compression compression, ContentSink sink) {
    throw new UnsupportedOperationException("the fake exports nothing");
  }

  @Override
  public List<LockView> locks(int quietMax) {
    return locks.entrySet().stream().map(lock -> lock.getValue().view(lock.getKey())).toList();
  }

  @Override
  public void whileLocksRest(Runnable look) {
    look.run();
  }

  @Override
  public TimestampSource timestamps() {
    return new TimestampSource() {
      @Override
      public long next() {
        return ++clock;
      }

      @Override
      public long current() {
        return clock;
      }

      @Override
      public long now() {
        return clock;
      }
    };
  }

  @Override
  public void close() {}

  /** Live entries of an index, for assertions. */
  public int entries(IndexId index) {
    int live = 0;
    for (List<Version> versions : indexes.get(index).versions.values()) {
      live += versions.get(versions.size() - 1).value() == null ? 0 : 1;
    }
    return live;
  }
}

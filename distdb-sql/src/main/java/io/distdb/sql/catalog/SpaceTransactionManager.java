// SPDX-License-Identifier: MIT
package io.distdb.sql.catalog;

import io.distdb.api.index.IndexId;
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
import java.util.List;

/** The manager that all databases share, as one of them sees it. */
final class SpaceTransactionManager implements TransactionManager {
  private final TransactionManager shared;
  private final IndexId[] windows;

  SpaceTransactionManager(TransactionManager shared, CatalogSpace space) {
    this.shared = shared;
    windows = space.windows();
  }

  @Override
  public Transaction begin(TransactionOptions options) {
    return new SpaceTransaction(shared.begin(options), windows);
  }

  @Override
  public Transaction beginAt(long snapshot, TransactionOptions options) {
    return new SpaceTransaction(shared.beginAt(snapshot, options), windows);
  }

  @Override
  public CommitOutcome outcome(CommitToken token) {
    return shared.outcome(token);
  }

  @Override
  public IndexId newIndexId() {
    return shared.newIndexId();
  }

  @Override
  public void checkpoint() {
    shared.checkpoint();
  }

  /** Of all databases: they share one store. */
  @Override
  public ExportedContent export(Compression compression, ContentSink sink) {
    return shared.export(compression, sink);
  }

  @Override
  public long settle() {
    return shared.settle();
  }

  @Override
  public long settled() {
    return shared.settled();
  }

  @Override
  public void onAnnouncement(AnnouncementListener listener) {
    shared.onAnnouncement(listener);
  }

  @Override
  public TimestampSource timestamps() {
    return shared.timestamps();
  }

  /** Of all databases. */
  @Override
  public List<LockView> locks(int quietMax) {
    return shared.locks(quietMax);
  }

  @Override
  public void whileLocksRest(Runnable look) {
    shared.whileLocksRest(look);
  }

  @Override
  public List<Metric> metrics() {
    return shared.metrics();
  }

  /** Nothing: others use the shared manager, and its owner closes it. */
  @Override
  public void close() {}
}

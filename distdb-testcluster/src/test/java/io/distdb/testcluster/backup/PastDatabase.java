// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

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
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sql.session.DatabaseOptions;
import io.distdb.sql.session.Databases;
import java.util.List;

/** The databases of a node as a reader of an earlier timestamp sees them, definitions included. */
final class PastDatabase {
  private PastDatabase() {}

  /** For reading; it is over when the node is. The node keeps old versions for as long. */
  static Databases of(Node node, Surroundings surroundings, long timestamp) {
    return Databases.open(
        new PastTransactions((ShardTransactionManager) node.transactions(), timestamp),
        surroundings.scheduler(),
        surroundings.clock(),
        DatabaseOptions.DEFAULT);
  }

  private record PastTransactions(ShardTransactionManager present, long timestamp)
      implements TransactionManager {
    @Override
    public Transaction begin(TransactionOptions options) {
      return present.beginAt(timestamp, options.withReadOnly(true));
    }

    @Override
    public Transaction beginAt(long snapshot, TransactionOptions options) {
      return present.beginAt(snapshot, options.withReadOnly(true));
    }

    @Override
    public CommitOutcome outcome(CommitToken token) {
      return present.outcome(token);
    }

    @Override
    public IndexId newIndexId() {
      throw new UnsupportedOperationException("the past does not change");
    }

    @Override
    public void checkpoint() {}

    @Override
    public ExportedContent export(Compression compression, ContentSink sink) {
      throw new UnsupportedOperationException("the past is not exported");
    }

    @Override
    public long settle() {
      return timestamp;
    }

    @Override
    public long settled() {
      return timestamp;
    }

    @Override
    public void onAnnouncement(AnnouncementListener listener) {
      // The past is over: nothing more is announced in it.
    }

    @Override
    public TimestampSource timestamps() {
      return present.timestamps();
    }

    @Override
    public List<LockView> locks(int quietMax) {
      return present.locks(quietMax);
    }

    @Override
    public void whileLocksRest(Runnable look) {
      present.whileLocksRest(look);
    }

    @Override
    public List<Metric> metrics() {
      return present.metrics();
    }

    @Override
    public void close() {}
  }
}

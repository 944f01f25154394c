// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Timestamp;
import io.distdb.api.storage.Compression;
import io.distdb.api.storage.Exported;
import io.distdb.api.txn.ContentSink;
import io.distdb.api.txn.ExportedContent;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.sharding.replica.ShardReplica;
import io.distdb.sharding.route.Shard;
import java.nio.ByteBuffer;
import java.util.function.Consumer;

/**
 * The content of all shards as a reader at one timestamp T sees it.
 *
 * <p><b>The idea.</b> A store exports what it holds at a log position P, and log order is not
 * timestamp order. So a snapshot T is pinned, as a reader's is: from then on no version that T
 * needs is collected. Commits at or below T that are on their way are waited for, as a reader would
 * ({@link CommittingSet}); an export that begins now has them all, and perhaps some above T. Those
 * are told by their timestamps, since every version has one, and left out when it is read back.
 *
 * <p>Definitions have no versions: an index that was dropped between T and P would be missing. So
 * when the export has its position, and definitions on their way were waited for, the schema's
 * history is looked at, and if there was a change above T, it begins again with a newer T. A change
 * above P may cause that too, which is harmless. Between T and the first chunk there are
 * microseconds, so this ends.
 */
final class ConsistentExport {
  private static final TransactionOptions OPTIONS =
      TransactionOptions.DEFAULT.withIsolation(IsolationLevel.REPEATABLE_READ).withReadOnly(true);

  private final TransactionContext context;
  private final Compression compression;
  private final ContentSink sink;

  ConsistentExport(TransactionContext context, Compression compression, ContentSink sink) {
    this.context = context;
    this.compression = compression;
    this.sink = sink;
  }

  ExportedContent run() {
    while (true) {
      try (ShardTransaction pin = new ShardTransaction(context, OPTIONS)) {
        return exportAt(pin);
      } catch (DefinitionsChanged again) {
        context.checkOpen();
      }
    }
  }

  private ExportedContent exportAt(ShardTransaction pin) {
    long timestamp = pin.snapshot();
    context.committing.awaitThrough(timestamp, pin);
    pin.checkRead();
    pin.settle();
    Shard shard = context.system();
    ShardReplica replica = shard.replica();
    sink.begin(shard.id());
    Exported exported = replica.store().export(compression, new Guarded(replica, timestamp, pin));
    return new ExportedContent(timestamp, exported.position(), exported.versions());
  }

  /** Looks at the definitions before the first chunk goes on: the position is fixed by then. */
  private final class Guarded implements Consumer<ByteBuffer> {
    private final ShardReplica replica;
    private final long timestamp;
    private final ShardTransaction pin;
    private boolean begun;

    Guarded(ShardReplica replica, long timestamp, ShardTransaction pin) {
      this.replica = replica;
      this.timestamp = timestamp;
      this.pin = pin;
    }

    @Override
    public void accept(ByteBuffer chunk) {
      if (!begun) {
        begun = true;
        // What is in the export is applied; its entry in the history comes right behind it.
        context.committing.awaitSchema(Timestamp.LATEST, pin);
        if (replica.schema().versionAt(Timestamp.LATEST) > timestamp) {
          throw new DefinitionsChanged();
        }
        // And what is in it is what there was, with all versions that were needed.
        pin.checkRead();
      }
      sink.write(chunk);
    }
  }

  /** The export cannot be of its timestamp. */
  private static final class DefinitionsChanged extends RuntimeException {
    private static final long serialVersionUID = 1;

    DefinitionsChanged() {
      super("definitions changed after the timestamp of the export", null, false, false);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.testkit.index.IndexContract;
import java.util.concurrent.atomic.AtomicLong;
import net.jqwik.api.lifecycle.AfterContainer;
import org.junit.jupiter.api.AfterAll;

/** The contract of the Index port; all indexes are in one store. */
class RocksIndexTest extends IndexContract {
  private static final AtomicLong LAST = new AtomicLong();
  private static TemporaryHome home;
  private static RocksStorageEngine engine;

  /** Opened for the first who asks: jqwik and JUnit each begin and end this class. */
  private static synchronized RocksStorageEngine engine() {
    if (engine == null) {
      home = new TemporaryHome();
      engine = home.open();
    }
    return engine;
  }

  @AfterAll
  @AfterContainer
  static synchronized void close() {
    if (engine != null) {
      engine.close();
      engine = null;
      home.close();
    }
  }

  private static void apply(WriteBatch batch) {
    Store store = engine().store(ShardId.SYSTEM);
    store.apply(new LogPosition(1, store.applied().index() + 1), batch);
  }

  @Override
  protected Subject newSubject(IndexKind kind) {
    IndexId id = new IndexId(LAST.incrementAndGet());
    apply(new WriteBatch().createIndex(id, kind));
    Index index = engine().store(ShardId.SYSTEM).index(id);
    return new Subject() {
      @Override
      public Index index() {
        return index;
      }

      @Override
      public void put(Bytes key, Bytes value, long timestamp) {
        WriteBatch batch = new WriteBatch().at(timestamp);
        apply(value == null ? batch.delete(id, key) : batch.put(id, key, value));
      }

      @Override
      public void collect(long safePoint) {
        engine().store(ShardId.SYSTEM).collectGarbage(safePoint);
      }

      @Override
      public void close() {
        apply(new WriteBatch().dropIndex(id));
      }
    };
  }
}

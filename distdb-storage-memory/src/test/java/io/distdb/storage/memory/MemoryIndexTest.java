// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.Bytes;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.storage.memory.index.VersionedIndex;
import io.distdb.testkit.index.IndexContract;

/** The contract of the Index port on the B+tree and the hash index themselves. */
class MemoryIndexTest extends IndexContract {
  @Override
  protected Subject newSubject(IndexKind kind) {
    VersionedIndex index = VersionedIndex.create(new IndexId(1), kind);
    return new Subject() {
      @Override
      public Index index() {
        return index;
      }

      @Override
      public void put(Bytes key, Bytes value, long timestamp) {
        index.put(key.array(), value == null ? null : value.array(), timestamp);
      }

      @Override
      public void collect(long safePoint) {
        index.collect(safePoint, 1_000);
      }

      @Override
      public void close() {}
    };
  }
}

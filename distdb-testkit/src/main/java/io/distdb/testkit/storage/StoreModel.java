// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.testkit.index.IndexAssertions;
import io.distdb.testkit.index.IndexModel;
import java.util.SortedMap;
import java.util.TreeMap;

/** What a store must hold. Not thread-safe. */
final class StoreModel {
  private final SortedMap<IndexId, IndexModel> indexes = new TreeMap<>();
  private final SortedMap<Bytes, Bytes> sides = new TreeMap<>();
  private LogPosition applied = LogPosition.START;

  void apply(LogPosition position, WriteBatch batch) {
    for (WriteBatch.Operation operation : batch.operations()) {
      apply(operation, batch.timestamp());
    }
    applied = position;
  }

  private void apply(WriteBatch.Operation operation, long timestamp) {
    switch (operation) {
      case WriteBatch.Put(IndexId id, Bytes key, Bytes value) ->
          indexes.get(id).put(key, value, timestamp);
      case WriteBatch.PutAll(IndexId id, EntryRun run) -> {
        for (int i = 0; i < run.size(); i++) {
          indexes.get(id).put(Bytes.wrap(run.key(i)), Bytes.wrap(run.value(i)), timestamp);
        }
      }
      case WriteBatch.Delete(IndexId id, Bytes key) -> indexes.get(id).put(key, null, timestamp);
      case WriteBatch.CreateIndex(IndexId id, IndexKind kind) ->
          indexes.putIfAbsent(id, new IndexModel(kind));
      case WriteBatch.DropIndex(IndexId id) -> indexes.remove(id);
      case WriteBatch.PutSide(Bytes key, Bytes value) -> sides.put(key, value);
      case WriteBatch.DeleteSide(Bytes key) -> sides.remove(key);
    }
  }

  LogPosition applied() {
    return applied;
  }

  SortedMap<IndexId, IndexModel> indexes() {
    return indexes;
  }

  /**
   * Everything that a store shows agrees.
   *
   * @param safePoint the highest that was collected at; {@code asOf} is not below it
   */
  void assertSame(Store store, long asOf, long safePoint) {
    assertThat(store.applied()).as("applied").isEqualTo(applied);
    assertThat(store.indexes().stream().map(Index::id))
        .as("indexes")
        .containsExactlyElementsOf(indexes.keySet());
    indexes.forEach(
        (id, model) -> IndexAssertions.assertSame(store.index(id), model, asOf, safePoint));
    assertSides(store);
  }

  private void assertSides(Store store) {
    assertSides(store, Bytes.EMPTY);
    for (Bytes key : sides.keySet()) {
      assertThat(store.side(key)).as("side record %s", key).isEqualTo(sides.get(key));
      assertSides(store, key.slice(0, Math.min(1, key.length())));
    }
  }

  private void assertSides(Store store, Bytes prefix) {
    TreeMap<Bytes, Bytes> expected = new TreeMap<>(sides);
    expected.keySet().removeIf(key -> !key.startsWith(prefix));
    TreeMap<Bytes, Bytes> found = new TreeMap<>();
    store.forEachSide(
        prefix,
        (key, value) -> {
          assertThat(found.isEmpty() || found.lastKey().compareTo(key) < 0)
              .as("side records come in key order, %s too", key)
              .isTrue();
          found.put(key, value);
        });
    assertThat(found).as("side records with prefix %s", prefix).isEqualTo(expected);
  }
}

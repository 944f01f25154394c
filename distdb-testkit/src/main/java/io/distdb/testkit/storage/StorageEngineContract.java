// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.Consumer;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/**
 * What every adapter of the StorageEngine and Store ports must do. A subclass says where an engine
 * lives.
 */
public abstract class StorageEngineContract {
  private static final ShardId SHARD = ShardId.SYSTEM;
  private static final IndexId ROWS = new IndexId(1);
  private static final IndexId NAMES = new IndexId(2);
  private static final Bytes KEY = Bytes.utf8("key");

  /** An empty place. */
  protected abstract EngineHome newHome();

  /** Generated histories: batches, cursors, collection, checkpoints, restarts, moves. */
  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void agreesWithItsModel(@ForAll("histories") List<StoreStep> steps) {
    try (StoreHistory history = new StoreHistory(this::newHome)) {
      history.run(steps);
    }
  }

  @Provide
  Arbitrary<List<StoreStep>> histories() {
    return StoreStep.any().list().ofMaxSize(40);
  }

  /** Runs {@code body} on an empty store, and closes all. */
  private void onNewStore(Consumer<Store> body) {
    try (EngineHome home = newHome();
        StorageEngine engine = home.open()) {
      body.accept(engine.store(SHARD));
    }
  }

  private static LogPosition at(long index) {
    return new LogPosition(1, index);
  }

  private static WriteBatch put(long timestamp, Bytes key, String value) {
    return new WriteBatch().at(timestamp).put(ROWS, key, Bytes.utf8(value));
  }

  private static void createRows(Store store) {
    store.apply(at(1), new WriteBatch().createIndex(ROWS, IndexKind.BTREE));
  }

  private static List<ByteBuffer> exported(Store store) {
    List<ByteBuffer> chunks = new ArrayList<>();
    store.export(
        chunk -> chunks.add(ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array())));
    return chunks;
  }

  @Test
  void newStoreIsEmpty() {
    onNewStore(store -> {
      assertThat(store.applied()).isEqualTo(LogPosition.START);
      assertThat(store.indexes()).isEmpty();
      assertThat(store.findIndex(ROWS)).isEmpty();
      assertThat(store.side(KEY)).isNull();
      assertThat(store.checkpoint()).isEqualTo(LogPosition.START);
      assertThatThrownBy(() -> store.index(ROWS))
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.UNDEFINED_OBJECT));
    });
  }

  @Test
  void storesAreSeparateAndStayTheSameObject() {
    try (EngineHome home = newHome();
        StorageEngine engine = home.open()) {
      Store first = engine.store(new ShardId(7));
      Store second = engine.store(new ShardId(2));
      createRows(first);
      assertThat(engine.store(new ShardId(7))).isSameAs(first);
      assertThat(engine.shards()).containsExactly(new ShardId(2), new ShardId(7));
      assertThat(second.indexes()).isEmpty();
      assertThat(second.applied()).isEqualTo(LogPosition.START);
    }
  }

  @Test
  void laterOperationOnAKeyWinsWithinABatch() {
    onNewStore(store -> {
      createRows(store);
      Bytes other = Bytes.utf8("other");
      store.apply(
          at(2),
          put(5, KEY, "first")
              .put(ROWS, other, Bytes.utf8("kept"))
              .delete(ROWS, KEY)
              .put(ROWS, KEY, Bytes.utf8("last"))
              .put(ROWS, other, Bytes.utf8("gone"))
              .delete(ROWS, other));
      assertThat(store.index(ROWS).get(KEY, 5)).isEqualTo(Bytes.utf8("last"));
      assertThat(store.index(ROWS).get(other, 5)).isNull();
    });
  }

  @Test
  void indexMayBeCreatedFilledAndDroppedInOneBatch() {
    onNewStore(store -> {
      store.apply(
          at(1),
          new WriteBatch()
              .at(3)
              .createIndex(ROWS, IndexKind.BTREE)
              .put(ROWS, KEY, KEY)
              .createIndex(NAMES, IndexKind.BTREE)
              .put(NAMES, KEY, KEY)
              .dropIndex(ROWS)
              .dropIndex(new IndexId(99)));
      assertThat(store.indexes().stream().map(Index::id)).containsExactly(NAMES);
      assertThat(store.index(NAMES).get(KEY, 3)).isEqualTo(KEY);
    });
  }

  @Test
  void batchThatCannotBeAppliedChangesNothing() {
    onNewStore(store -> {
      createRows(store);
      store.apply(at(2), put(5, KEY, "before").putSide(KEY, KEY));
      WriteBatch bad =
          put(6, KEY, "after")
              .putSide(KEY, Bytes.utf8("after"))
              .createIndex(NAMES, IndexKind.HASH)
              .put(new IndexId(77), KEY, KEY);
      assertThatThrownBy(() -> store.apply(at(3), bad)).isNotNull();
      assertThat(store.index(ROWS).get(KEY, Timestamp.LATEST)).isEqualTo(Bytes.utf8("before"));
      assertThat(store.side(KEY)).isEqualTo(KEY);
      assertThat(store.findIndex(NAMES)).isEmpty();
      assertThat(store.applied()).isEqualTo(at(2));
      store.apply(at(3), put(6, KEY, "next"));
      assertThat(store.index(ROWS).get(KEY, 6)).isEqualTo(Bytes.utf8("next"));
    });
  }

  @Test
  void creatingAnExistingIndexKeepsItsContent() {
    onNewStore(store -> {
      createRows(store);
      store.apply(at(2), put(5, KEY, "kept"));
      store.apply(at(3), new WriteBatch().createIndex(ROWS, IndexKind.BTREE));
      assertThat(store.index(ROWS).get(KEY, 5)).isEqualTo(Bytes.utf8("kept"));
    });
  }

  @Test
  void droppedIndexStaysGoodForThoseWhoHoldIt() {
    onNewStore(store -> {
      createRows(store);
      store.apply(at(2), put(5, KEY, "kept"));
      Index held = store.index(ROWS);
      store.apply(at(3), new WriteBatch().dropIndex(ROWS));
      assertThat(store.findIndex(ROWS)).isEmpty();
      assertThat(held.get(KEY, 5)).isEqualTo(Bytes.utf8("kept"));
    });
  }

  @Test
  void whatACheckpointHoldsMayBeAppliedAgain() {
    try (EngineHome home = newHome()) {
      WriteBatch second =
          put(5, KEY, "old").putSide(KEY, Bytes.utf8("old")).createIndex(NAMES, IndexKind.BTREE);
      WriteBatch third = put(6, KEY, "new").putSide(KEY, Bytes.utf8("new")).dropIndex(NAMES);
      try (StorageEngine engine = home.open()) {
        createRows(engine.store(SHARD));
        engine.store(SHARD).apply(at(2), second);
        engine.store(SHARD).apply(at(3), third);
        assertThat(engine.store(SHARD).checkpoint()).isEqualTo(at(3));
      }
      try (StorageEngine engine = home.open()) {
        Store store = engine.store(SHARD);
        assertThat(engine.shards()).containsExactly(SHARD);
        store.apply(at(2), second);
        store.apply(at(3), third);
        assertThat(store.applied()).isEqualTo(at(3));
        assertThat(store.index(ROWS).get(KEY, 5)).isEqualTo(Bytes.utf8("old"));
        assertThat(store.index(ROWS).get(KEY, 6)).isEqualTo(Bytes.utf8("new"));
        assertThat(store.side(KEY)).isEqualTo(Bytes.utf8("new"));
        assertThat(store.findIndex(NAMES)).isEmpty();
      }
    }
  }

  @Test
  void collectionRemovesWhatNoReadSees() {
    onNewStore(store -> {
      createRows(store);
      for (int i = 0; i < 500; i++) {
        store.apply(at(2 + i), put(10 + i, KEY, "value " + i));
      }
      assertThat(store.garbageVersions()).isPositive();
      for (int call = 0; call < 100 && store.garbageVersions() > 0; call++) {
        store.collectGarbage(10_000);
      }
      assertThat(store.garbageVersions()).isZero();
      assertThat(store.index(ROWS).get(KEY, 10_000)).isEqualTo(Bytes.utf8("value 499"));
    });
  }

  @Test
  void growthPastTheBudgetIsRefusedAndNamed() {
    try (EngineHome home = newHome();
        StorageEngine engine = home.open()) {
      Store store = engine.store(SHARD);
      store.admit(0);
      store.admit(1);
      long budget = engine.memoryBudgetBytes();
      if (budget < Long.MAX_VALUE) {
        assertThatThrownBy(() -> store.admit(budget + 1))
            .isInstanceOfSatisfying(
                DistDbException.class,
                refusal -> {
                  assertThat(refusal.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
                  assertThat(refusal).hasMessageContaining(Long.toString(budget));
                  assertThat(refusal.hint()).isPresent();
                });
      }
    }
  }

  @Test
  void damagedExportIsRefusedWhole() {
    onNewStore(source -> {
      createRows(source);
      for (int i = 0; i < 300; i++) {
        source.apply(at(2 + i), put(10 + i, Bytes.utf8("key " + i), "value " + i));
      }
      List<ByteBuffer> chunks = exported(source);
      onNewStore(target -> refusesDamaged(target, chunks));
    });
  }

  @Test
  void restoreLeavesOutVersionsAboveATimestamp() {
    onNewStore(source -> {
      createRows(source);
      Bytes later = Bytes.utf8("later");
      source.apply(at(2), put(10, KEY, "ten").putSide(KEY, KEY));
      source.apply(at(3), put(30, KEY, "thirty").put(ROWS, later, Bytes.utf8("too late")));
      source.apply(at(4), put(20, Bytes.utf8("between"), "twenty"));
      source.apply(at(5), new WriteBatch().at(40).delete(ROWS, KEY));
      List<ByteBuffer> chunks = exported(source);
      onNewStore(target -> {
        target.restore("an export", chunks, 20);
        assertThat(target.applied()).isEqualTo(at(5));
        assertThat(target.side(KEY)).isEqualTo(KEY);
        Index rows = target.index(ROWS);
        assertThat(rows.get(KEY, Timestamp.LATEST)).isEqualTo(Bytes.utf8("ten"));
        assertThat(rows.get(Bytes.utf8("between"), Timestamp.LATEST))
            .isEqualTo(Bytes.utf8("twenty"));
        assertThat(rows.get(later, Timestamp.LATEST)).isNull();
        assertThat(rows.newestTimestamp(later)).isEqualTo(Timestamp.NONE);
        assertThat(rows.newestTimestamp(KEY)).isEqualTo(10);
        target.apply(at(6), put(25, KEY, "goes on"));
        assertThat(rows.get(KEY, Timestamp.LATEST)).isEqualTo(Bytes.utf8("goes on"));
      });
    });
  }

  @Test
  void whatIsRestoredDurablyIsThereAfterACrash() {
    List<ByteBuffer> chunks = new ArrayList<>();
    onNewStore(source -> {
      createRows(source);
      source.apply(at(7), put(10, KEY, "new").putSide(KEY, KEY));
      chunks.addAll(exported(source));
    });
    try (EngineHome home = newHome()) {
      try (StorageEngine engine = home.open()) {
        Store target = engine.store(SHARD);
        createRows(target);
        target.apply(at(2), put(5, KEY, "before"));
        target.checkpoint();
        assertThatThrownBy(
                () -> target.restoreDurably("an export", chunks.subList(0, chunks.size() - 1)))
            .isInstanceOf(DistDbException.class);
        assertThat(target.index(ROWS).get(KEY, 5)).isEqualTo(Bytes.utf8("before"));
        assertThat(target.applied()).isEqualTo(at(2));
        target.restoreDurably("an export", chunks);
        assertThat(target.applied()).isEqualTo(at(7));
      }
      try (StorageEngine engine = home.open()) {
        Store target = engine.store(SHARD);
        assertThat(target.applied()).isEqualTo(at(7));
        assertThat(target.side(KEY)).isEqualTo(KEY);
        assertThat(target.index(ROWS).get(KEY, 10)).isEqualTo(Bytes.utf8("new"));
        assertThat(target.index(ROWS).get(KEY, 5)).isNull();
      }
    }
  }

  private static void refusesDamaged(Store target, List<ByteBuffer> chunks) {
    createRows(target);
    target.apply(at(2), put(5, KEY, "before").putSide(KEY, KEY));
    for (int i = 0; i < chunks.size(); i++) {
      int length = chunks.get(i).remaining();
      byte[] flipped = Bytes.read(chunks.get(i).duplicate(), length).array();
      flipped[length / 2] ^= 4;
      List<ByteBuffer> damaged = new ArrayList<>(chunks);
      damaged.set(i, ByteBuffer.wrap(flipped));
      assertRefused(target, damaged);
      assertRefused(target, chunks.subList(0, i));
      List<ByteBuffer> missing = new ArrayList<>(chunks);
      missing.remove(i);
      assertRefused(target, missing);
    }
    target.apply(at(3), put(6, KEY, "after"));
  }

  private static void assertRefused(Store target, List<ByteBuffer> damaged) {
    assertThatThrownBy(() -> target.restore(damaged))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> assertThat(refusal.code()).isEqualTo(ErrorCode.DATA_CORRUPTED));
    assertThat(target.applied()).isEqualTo(at(2));
    assertThat(target.index(ROWS).get(KEY, 5)).isEqualTo(Bytes.utf8("before"));
    assertThat(target.side(KEY)).isEqualTo(KEY);
  }

  @Test
  void exportAndCheckpointAreOfOnePositionWhileWritesGoOn() {
    try (EngineHome home = newHome()) {
      AtomicLong checkpointed = new AtomicLong();
      try (StorageEngine engine = home.open()) {
        new TransfersUnderWay(engine.store(SHARD), this::newHome).run(checkpointed);
      }
      try (StorageEngine engine = home.open()) {
        assertThat(engine.store(SHARD).applied().index())
            .isGreaterThanOrEqualTo(checkpointed.get());
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant.InvariantViolation;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.storage.Limits;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.disk.SimulatedDisk;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.junit.jupiter.api.Test;

class MemoryStoreTest {
  @Test
  void memoryIsAccountedThroughEveryChange() {
    SimulatedDisk disk = new SimulatedDisk(1);
    long accounted;
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 200);
      assertAccounted(engine, store);
      store.collectGarbage(150);
      assertAccounted(engine, store);
      store.checkpoint();
      accounted = engine.memoryBytes();
      assertThat(accounted).isGreaterThan(1_000);
      store.restore(TestEngines.exported(store));
      assertAccounted(engine, store);
      store.apply(TestEngines.at(201), new WriteBatch().dropIndex(TestEngines.ROWS));
      assertAccounted(engine, store);
      assertThat(engine.memoryBytes()).isLessThan(accounted);
      engine.close();
      assertThat(engine.memoryBytes()).isZero();
    }
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      assertAccounted(engine, engine.store(TestEngines.SHARD));
    }
  }

  private static void assertAccounted(MemoryStorageEngine engine, Store store) {
    long indexes = store.indexes().stream().mapToLong(Index::estimatedBytes).sum();
    long[] sides = {0};
    store.forEachSide(Bytes.EMPTY, (key, value) -> sides[0] += 112 + key.length() + value.length());
    assertThat(engine.memoryBytes()).isEqualTo(indexes + sides[0]);
  }

  /** Key twice in a batch, index made and dropped, collection, export: all in the middle of it. */
  @Test
  void replayedStoreHoldsWhatAnAppliedOneDoes() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 30);
        MemoryStorageEngine other = TestEngines.withoutDisk(1 << 30)) {
      Store applied = engine.store(TestEngines.SHARD);
      Store replayed = other.store(TestEngines.SHARD);
      replayed.replaying(true);
      for (Store store : List.of(applied, replayed)) {
        TestEngines.applyThrough(store, 300);
        store.collectGarbage(150);
        store.apply(
            TestEngines.at(301),
            new WriteBatch()
                .at(301)
                .put(TestEngines.ROWS, Bytes.of(7), Bytes.of(1))
                .put(TestEngines.ROWS, Bytes.of(9), Bytes.of(1))
                .put(TestEngines.ROWS, Bytes.of(7), Bytes.of(2)));
        IndexId made = new IndexId(99);
        store.apply(
            TestEngines.at(302),
            new WriteBatch()
                .at(302)
                .createIndex(made, IndexKind.BTREE)
                .put(made, Bytes.of(2), Bytes.of(3))
                .put(made, Bytes.of(1), Bytes.of(3)));
        assertThat(TestEngines.exported(store)).isNotEmpty();
        store.apply(
            TestEngines.at(303),
            new WriteBatch()
                .at(303)
                .delete(made, Bytes.of(2))
                .delete(made, Bytes.of(2))
                .delete(TestEngines.ROWS, Bytes.of(9)));
        store.apply(
            TestEngines.at(304),
            new WriteBatch().at(304).put(TestEngines.ROWS, Bytes.of(8), Bytes.of(4)));
      }
      replayed.replaying(false);
      assertThat(TestEngines.exported(replayed)).isEqualTo(TestEngines.exported(applied));
      assertThat(replayed.garbageVersions()).isEqualTo(applied.garbageVersions());
      assertThat(replayed.index(TestEngines.ROWS).get(Bytes.of(7), 304)).isEqualTo(Bytes.of(2));
      assertAccounted(other, replayed);
    }
  }

  @Test
  void indexDroppedInAReplayKeepsItsVersions() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 30)) {
      Store store = engine.store(TestEngines.SHARD);
      store.replaying(true);
      TestEngines.applyThrough(store, 3);
      store.apply(
          TestEngines.at(4),
          new WriteBatch().at(4).put(TestEngines.ROWS, Bytes.of(7), Bytes.of(1)));
      Index rows = store.index(TestEngines.ROWS);
      store.apply(TestEngines.at(5), new WriteBatch().dropIndex(TestEngines.ROWS));
      store.replaying(false);
      assertThat(rows.get(Bytes.of(7), 4)).isEqualTo(Bytes.of(1));
    }
  }

  @Test
  void fullBudgetRefusesGrowthAndNothingElse() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(20_000)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 3);
      store.admit(1_000);
      store.apply(
          TestEngines.at(4),
          new WriteBatch().at(4).put(TestEngines.ROWS, Bytes.EMPTY, Bytes.wrap(new byte[20_000])));
      assertThatThrownBy(() -> store.admit(1))
          .isInstanceOfSatisfying(
              DistDbException.class,
              refusal -> {
                assertThat(refusal.code()).isEqualTo(ErrorCode.OUT_OF_MEMORY);
                assertThat(refusal)
                    .hasMessageContaining(Long.toString(engine.memoryBytes()))
                    .hasMessageContaining("20000");
              });
      store.admit(0);
      store.apply(TestEngines.at(5), new WriteBatch().at(5).delete(TestEngines.ROWS, Bytes.EMPTY));
      store.collectGarbage(5);
      store.admit(1_000);
    }
  }

  /** Large batches with repeats: the last operation of each key is what remains. */
  @Test
  void repeatedKeysInALargeBatch() {
    SeededRandom random = new SeededRandom(7);
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(64 << 20)) {
      Store store = engine.store(TestEngines.SHARD);
      store.apply(
          TestEngines.at(1), new WriteBatch().createIndex(TestEngines.ROWS, IndexKind.BTREE));
      Map<Bytes, Bytes> last = new HashMap<>();
      WriteBatch batch = new WriteBatch().at(2);
      for (int i = 0; i < 5_000; i++) {
        Bytes key = Bytes.utf8("key " + random.below(3_000));
        Bytes value = Bytes.utf8("value " + i);
        batch.put(TestEngines.ROWS, key, value);
        last.put(key, value);
      }
      store.apply(TestEngines.at(2), batch);
      last.forEach(
          (key, value) -> assertThat(store.index(TestEngines.ROWS).get(key, 2)).isEqualTo(value));
      assertThat(store.garbageVersions()).isZero();
    }
  }

  @Test
  void whatNoLogMayHoldIsRefused() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 20)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 3);
      Bytes longKey = Bytes.wrap(new byte[Limits.KEY_BYTES_MAX + 1]);
      assertCode(
          store,
          new WriteBatch().at(4).delete(TestEngines.ROWS, longKey),
          ErrorCode.PROGRAM_LIMIT_EXCEEDED);
      assertCode(
          store,
          new WriteBatch().createIndex(TestEngines.ROWS, IndexKind.HASH),
          ErrorCode.DUPLICATE_OBJECT);
      assertThatThrownBy(() -> store.apply(TestEngines.at(3), TestEngines.batch(3)))
          .isInstanceOf(InvariantViolation.class);
      assertThatThrownBy(() ->
              store.apply(
                  TestEngines.at(4),
                  new WriteBatch().at(4).delete(TestEngines.NAMES, Bytes.of(0, 9))))
          .isInstanceOf(InvariantViolation.class);
      assertThat(TestEngines.content(store)).isEqualTo(TestEngines.contentAfter(3));
    }
  }

  private static void assertCode(Store store, WriteBatch batch, ErrorCode code) {
    assertThatThrownBy(() -> store.apply(TestEngines.at(4), batch))
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code));
  }

  @Test
  void checkpointsOfManyThreadsTakeTurns() {
    SimulatedDisk disk = new SimulatedDisk(1);
    Scheduler scheduler = Scheduler.threads();
    ConcurrentLinkedQueue<Throwable> failures = new ConcurrentLinkedQueue<>();
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      List<Scheduler.Task> tasks = new ArrayList<>();
      for (int thread = 0; thread < 4; thread++) {
        tasks.add(scheduler.start("checkpoint " + thread, () -> checkpointOften(store, failures)));
      }
      TestEngines.applyThrough(store, 2_000);
      tasks.forEach(Scheduler.Task::join);
      assertThat(failures).isEmpty();
      assertThat(store.checkpoint()).isEqualTo(TestEngines.at(2_000));
      assertThat(disk.list("shard-" + TestEngines.SHARD)).hasSize(1);
    }
  }

  private static void checkpointOften(Store store, ConcurrentLinkedQueue<Throwable> failures) {
    try {
      for (int i = 0; i < 20; i++) {
        long before = store.applied().index();
        assertThat(store.checkpoint().index()).isGreaterThanOrEqualTo(before);
      }
    } catch (RuntimeException | Error problem) {
      failures.add(problem);
    }
  }

  @Test
  void closedStoreRefusesWrites() {
    MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 20);
    Store store = engine.store(TestEngines.SHARD);
    engine.close();
    engine.close();
    assertCode(store, TestEngines.batch(1), ErrorCode.SHUTTING_DOWN);
    assertThatThrownBy(() -> engine.store(TestEngines.SHARD))
        .isInstanceOf(DistDbException.class)
        .hasMessageContaining("closed");
  }

  @Test
  void checkpointAtTheSamePositionWritesNothing() {
    SimulatedDisk disk = new SimulatedDisk(1);
    try (MemoryStorageEngine engine = TestEngines.open(disk)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 3);
      store.checkpoint();
      long boundaries = disk.boundaries();
      assertThat(store.checkpoint()).isEqualTo(TestEngines.at(3));
      assertThat(disk.boundaries()).isEqualTo(boundaries);
      store.restore(TestEngines.exported(store));
      store.checkpoint();
      assertThat(disk.boundaries())
          .as("a restored store is written anew")
          .isGreaterThan(boundaries);
    }
  }

  @Test
  void engineWithoutDiskOnlyRemembers() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 20)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 9);
      assertThat(store.checkpoint()).isEqualTo(TestEngines.at(9));
      assertThat(TestEngines.content(store)).isEqualTo(TestEngines.contentAfter(9));
      assertThat(engine.memoryBudgetBytes()).isEqualTo(1 << 20);
    }
  }

  /** Chunks may be cut anew on their way: by a transport with its own frame size, say. */
  @Test
  void exportMayBeCutAnywhere() {
    try (MemoryStorageEngine engine = TestEngines.withoutDisk(1 << 20);
        MemoryStorageEngine other = TestEngines.withoutDisk(1 << 20)) {
      Store store = engine.store(TestEngines.SHARD);
      TestEngines.applyThrough(store, 30);
      List<ByteBuffer> bytes = new ArrayList<>();
      for (ByteBuffer chunk : TestEngines.exported(store)) {
        while (chunk.hasRemaining()) {
          bytes.add(ByteBuffer.wrap(new byte[] {chunk.get()}));
        }
      }
      other.store(TestEngines.SHARD).restore(bytes);
      assertThat(TestEngines.content(other.store(TestEngines.SHARD)))
          .isEqualTo(TestEngines.contentAfter(30));
    }
  }
}

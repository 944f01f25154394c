// SPDX-License-Identifier: MIT
package io.distdb.testkit.storage;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.testkit.index.IndexModel;
import io.distdb.testkit.index.IndexModel.Entry;
import io.distdb.testkit.index.TestKeys;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/**
 * Runs a generated history on a store and its model, with the log that a consensus group would keep
 * beside it.
 */
final class StoreHistory implements AutoCloseable {
  private static final ShardId SHARD = new ShardId(3);

  private record OpenCursor(IndexCursor cursor, List<Entry> expected, boolean ordered, long asOf) {}

  private final Supplier<EngineHome> homes;
  private final StoreModel model = new StoreModel();
  private final TreeMap<LogPosition, WriteBatch> log = new TreeMap<>();
  private final Map<Integer, IndexId> places = new TreeMap<>();
  private final List<OpenCursor> cursors = new ArrayList<>();
  private EngineHome home;
  private StorageEngine engine;
  private Store store;
  private LogPosition checkpoint = LogPosition.START;
  private long nextIndex = 1;
  private long now = 1;
  private long safePoint;

  StoreHistory(Supplier<EngineHome> homes) {
    this.homes = homes;
    settle(homes.get());
  }

  private void settle(EngineHome newHome) {
    home = newHome;
    engine = home.open();
    store = engine.store(SHARD);
  }

  void run(List<StoreStep> steps) {
    for (StoreStep step : steps) {
      switch (step) {
        case StoreStep.Apply apply -> apply(apply);
        case StoreStep.Collect collect -> collect(collect);
        case StoreStep.Open open -> open(open);
        case StoreStep.Advance advance -> advance(advance);
        case StoreStep.Compare compare -> compare(compare.age());
        case StoreStep.Checkpoint unused -> checkpoint();
        case StoreStep.Reopen unused -> reopen();
        case StoreStep.Move unused -> move();
      }
    }
    compare(0);
    compare(Integer.MAX_VALUE);
    finishCursors();
    checkpoint();
    reopen();
    compare(0);
  }

  private void apply(StoreStep.Apply step) {
    WriteBatch batch = new WriteBatch();
    Map<IndexId, List<Bytes>> keys = new TreeMap<>();
    for (StoreStep.Write write : step.writes()) {
      switch (write) {
        case StoreStep.Write.Row row -> addRow(batch, row, keys);
        case StoreStep.Write.Side side -> addSide(batch, side);
        case StoreStep.Write.Drop drop -> {
          IndexId dropped = places.remove(drop.index());
          if (dropped != null) {
            batch.dropIndex(dropped);
          }
        }
      }
    }
    batch.at(timestampFor(keys, step.jitter()));
    LogPosition position = new LogPosition(1, model.applied().index() + 1);
    model.apply(position, batch);
    log.put(position, batch);
    store.apply(position, replayed(batch));
  }

  private void addRow(WriteBatch batch, StoreStep.Write.Row row, Map<IndexId, List<Bytes>> keys) {
    IndexKind kind = row.index() % 2 == 0 ? IndexKind.BTREE : IndexKind.HASH;
    IndexId id =
        places.computeIfAbsent(
            row.index(),
            absent -> {
              IndexId created = new IndexId(nextIndex++);
              batch.createIndex(created, kind);
              return created;
            });
    Bytes key = TestKeys.entry(kind, row.key());
    keys.computeIfAbsent(id, absent -> new ArrayList<>()).add(key);
    if (row.value() < 0) {
      batch.delete(id, key);
    } else {
      batch.put(id, key, TestKeys.value(row.value()));
    }
  }

  private static void addSide(WriteBatch batch, StoreStep.Write.Side side) {
    Bytes key = TestKeys.raw(side.key());
    if (side.value() < 0) {
      batch.deleteSide(key);
    } else {
      batch.putSide(key, TestKeys.value(side.value()));
    }
  }

  /** Above the keys' versions, every open snapshot and what was collected; else as it comes. */
  private long timestampFor(Map<IndexId, List<Bytes>> keys, int jitter) {
    now++;
    long[] timestamp = {Math.max(1, now - jitter)};
    for (OpenCursor cursor : cursors) {
      timestamp[0] = Math.max(timestamp[0], cursor.asOf() + 1);
    }
    keys.forEach((id, written) -> {
      IndexModel index = model.indexes().get(id);
      for (Bytes key : written) {
        long newest = index == null ? Timestamp.NONE : index.newestTimestamp(key);
        timestamp[0] = Math.max(timestamp[0], newest + 1);
      }
    });
    timestamp[0] = Math.max(timestamp[0], safePoint + 1);
    now = Math.max(now, timestamp[0]);
    return timestamp[0];
  }

  /** As it comes out of the log: new arrays. */
  private static WriteBatch replayed(WriteBatch batch) {
    return WriteBatch.decode(ByteBuffer.wrap(batch.toBytes().array()));
  }

  private void collect(StoreStep.Collect collect) {
    long oldestRead = cursors.stream().mapToLong(OpenCursor::asOf).min().orElse(Long.MAX_VALUE);
    safePoint = Math.max(safePoint, Math.min(at(collect.age()), oldestRead));
    store.collectGarbage(safePoint);
  }

  private void open(StoreStep.Open open) {
    IndexId id = places.get(open.index());
    if (id == null) {
      return;
    }
    long asOf = at(open.age());
    IndexModel expected = model.indexes().get(id);
    Index index = store.index(id);
    if (index.kind() == IndexKind.HASH) {
      Bytes hashed = HashKey.hashed(TestKeys.entry(IndexKind.HASH, open.from()));
      cursors.add(
          new OpenCursor(index.lookup(hashed, asOf), expected.lookup(hashed, asOf), false, asOf));
    } else {
      KeyRange range = new KeyRange(TestKeys.raw(open.from()), TestKeys.raw(open.to()));
      Direction direction = open.backward() ? Direction.BACKWARD : Direction.FORWARD;
      cursors.add(
          new OpenCursor(
              index.range(range, direction, asOf),
              expected.range(range, direction, asOf),
              true,
              asOf));
    }
  }

  private void advance(StoreStep.Advance advance) {
    if (!cursors.isEmpty()) {
      OpenCursor cursor = cursors.get(advance.cursor() % cursors.size());
      for (int i = 0; i < advance.entries(); i++) {
        advance(cursor);
      }
    }
  }

  private static boolean advance(OpenCursor open) {
    boolean moved = open.cursor().next();
    assertThat(moved).as("one more of %s", open.expected()).isEqualTo(!open.expected().isEmpty());
    if (moved) {
      Entry entry = new Entry(open.cursor().key(), open.cursor().value());
      if (open.ordered()) {
        assertThat(entry).isEqualTo(open.expected().get(0));
      }
      assertThat(open.expected().remove(entry)).as("%s was expected once", entry).isTrue();
    }
    return moved;
  }

  private void finishCursors() {
    for (OpenCursor open : cursors) {
      while (advance(open)) {
        // Until it ends as expected.
      }
      open.cursor().close();
    }
    cursors.clear();
  }

  private void compare(int age) {
    model.assertSame(store, at(age), safePoint);
    model.assertSame(store, Timestamp.LATEST, safePoint);
  }

  private long at(int age) {
    return Math.max(safePoint, now - age);
  }

  private void checkpoint() {
    LogPosition covered = store.checkpoint();
    assertThat(covered).as("checkpoint").isGreaterThanOrEqualTo(model.applied());
    checkpoint = covered;
  }

  private void reopen() {
    finishCursors();
    engine.close();
    engine = home.open();
    store = engine.store(SHARD);
    assertThat(store.applied()).as("applied when opened").isGreaterThanOrEqualTo(checkpoint);
    log.tailMap(checkpoint, false)
        .forEach((position, batch) -> store.apply(position, replayed(batch)));
    model.assertSame(store, Timestamp.LATEST, safePoint);
  }

  private void move() {
    finishCursors();
    List<ByteBuffer> chunks = new ArrayList<>();
    LogPosition exported =
        store.export(
            chunk -> chunks.add(ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array())));
    assertThat(exported).isEqualTo(model.applied());
    close();
    settle(homes.get());
    store.restore(chunks);
    model.assertSame(store, Timestamp.LATEST, safePoint);
    checkpoint();
  }

  /** Ends this history and its place. */
  @Override
  public void close() {
    cursors.forEach(open -> open.cursor().close());
    cursors.clear();
    engine.close();
    home.close();
  }
}

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
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.SeededRandom;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Supplier;

/**
 * One thread moves money between accounts, one batch with one timestamp a transfer, and collects
 * garbage; another takes checkpoints and exports. The batch at log index n has timestamp n, so an
 * export as of n must hold nothing newer, the whole of n, and the same total.
 */
final class TransfersUnderWay {
  private static final IndexId BALANCES = new IndexId(1);
  private static final IndexId COPIES = new IndexId(2);
  private static final Bytes LAST = Bytes.utf8("last transfer");
  private static final int ACCOUNTS = 6_000;
  private static final int START_BALANCE = 100;
  private static final int EXPORTS = 12;

  private final Store store;
  private final Supplier<EngineHome> homes;
  private final SeededRandom random = new SeededRandom(42);
  private final long[] balances = new long[ACCOUNTS];
  private final AtomicBoolean stop = new AtomicBoolean();
  private final AtomicReference<Throwable> failure = new AtomicReference<>();

  TransfersUnderWay(Store store, Supplier<EngineHome> homes) {
    this.store = store;
    this.homes = homes;
  }

  void run(AtomicLong checkpointed) {
    openAccounts();
    Scheduler.Task writer = Scheduler.threads().start("transfers", this::transferUntilStopped);
    try {
      for (int i = 0; i < EXPORTS; i++) {
        LogPosition before = store.applied();
        LogPosition covered = store.checkpoint();
        assertThat(covered).isGreaterThanOrEqualTo(before);
        checkpointed.set(covered.index());
        export();
      }
    } finally {
      stop.set(true);
      writer.join();
    }
    assertThat(failure.get()).isNull();
  }

  private void openAccounts() {
    WriteBatch batch =
        new WriteBatch()
            .at(1)
            .createIndex(BALANCES, IndexKind.BTREE)
            .createIndex(COPIES, IndexKind.HASH);
    for (int account = 0; account < ACCOUNTS; account++) {
      balances[account] = START_BALANCE;
      set(batch, account);
    }
    store.apply(new LogPosition(1, 1), batch);
  }

  private void set(WriteBatch batch, int account) {
    Bytes key = Bytes.utf8(String.format("account %06d", account));
    Bytes value = Bytes.utf8(Long.toString(balances[account]));
    batch.put(BALANCES, key, value);
    batch.put(COPIES, HashKey.of(key, Bytes.EMPTY), value);
  }

  private void transferUntilStopped() {
    try {
      for (long index = 2; !stop.get(); index++) {
        int from = random.below(ACCOUNTS);
        int to = (from + 1 + random.below(ACCOUNTS - 1)) % ACCOUNTS;
        balances[from]--;
        balances[to]++;
        WriteBatch batch = new WriteBatch().at(index);
        set(batch, from);
        set(batch, to);
        batch.putSide(LAST, Bytes.utf8(Long.toString(index)));
        store.apply(new LogPosition(1, index), batch);
        if (index % 64 == 0) {
          store.collectGarbage(index);
        }
      }
    } catch (RuntimeException | Error problem) {
      failure.set(problem);
    }
  }

  private void export() {
    LogPosition before = store.applied();
    List<ByteBuffer> chunks = new ArrayList<>();
    LogPosition position =
        store.export(
            chunk -> chunks.add(ByteBuffer.wrap(Bytes.read(chunk, chunk.remaining()).array())));
    assertThat(position).isGreaterThanOrEqualTo(before);
    try (EngineHome home = homes.get();
        StorageEngine engine = home.open()) {
      Store copy = engine.store(ShardId.SYSTEM);
      copy.restore(chunks);
      assertThat(copy.applied()).isEqualTo(position);
      assertWhole(copy, position.index());
    }
  }

  private static void assertWhole(Store copy, long index) {
    if (index > 1) {
      assertThat(copy.side(LAST)).isEqualTo(Bytes.utf8(Long.toString(index)));
    }
    long total = 0;
    long accounts = 0;
    long newest = 0;
    Index balances = copy.index(BALANCES);
    Index copies = copy.index(COPIES);
    try (IndexCursor cursor = balances.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST)) {
      while (cursor.next()) {
        total += Long.parseLong(cursor.value().toUtf8());
        accounts++;
        newest = Math.max(newest, balances.newestTimestamp(cursor.key()));
        assertThat(copies.get(HashKey.of(cursor.key(), Bytes.EMPTY), Timestamp.LATEST))
            .as("copy of %s as of index %s", cursor.key().toUtf8(), index)
            .isEqualTo(cursor.value());
      }
    }
    assertThat(accounts).isEqualTo(ACCOUNTS);
    assertThat(total).as("total as of index %s", index).isEqualTo(ACCOUNTS * START_BALANCE);
    assertThat(newest).as("newest timestamp as of index %s", index).isEqualTo(index);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryRun;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.time.Clock;
import io.distdb.api.txn.Savepoint;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.NavigableMap;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Runs, single writes and savepoints in any order, against a map. */
@Timeout(60)
public abstract class RunHistoryContract {
  private final AdjustableClock clock = new AdjustableClock();
  private TransactionHome home;
  private IndexId index;

  protected abstract TransactionHome open(Clock clock);

  @BeforeEach
  void openHome() {
    home = open(clock);
    index = home.manager().newIndexId();
    try (Transaction transaction = begin()) {
      transaction.createIndex(index, IndexKind.BTREE);
      transaction.commit();
    }
  }

  @AfterEach
  void closeHome() {
    home.close();
  }

  @ParameterizedTest
  @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8})
  void runsAndSingleWritesAgreeWithAMap(long seed) {
    SeededRandom random = new SeededRandom(seed);
    NavigableMap<Bytes, Bytes> committed = new TreeMap<>();
    for (int transactions = 0; transactions < 6; transactions++) {
      NavigableMap<Bytes, Bytes> model = new TreeMap<>(committed);
      try (Transaction transaction = begin()) {
        NavigableMap<Bytes, Bytes> saved = null;
        Savepoint savepoint = null;
        for (int step = 0; step < 8; step++) {
          step(random, transaction, model);
          if (random.below(3) == 0) {
            savepoint = transaction.savepoint();
            saved = new TreeMap<>(model);
          } else if (savepoint != null && random.below(4) == 0) {
            transaction.rollbackTo(savepoint);
            model.clear();
            model.putAll(saved);
          }
          assertSame(random, transaction, model);
        }
        if (random.below(4) > 0) {
          transaction.commit();
          committed = model;
        }
      }
      try (Transaction reader = begin()) {
        assertSame(random, reader, committed);
      }
    }
    home.restart();
    try (Transaction reader = begin()) {
      assertSame(random, reader, committed);
    }
  }

  private void step(
      SeededRandom random, Transaction transaction, NavigableMap<Bytes, Bytes> model) {
    switch (random.below(3)) {
      case 0 -> {
        for (int i = 0; i < 40; i++) {
          Bytes key = key(random.below(20_000));
          transaction.delete(index, key);
          model.remove(key);
        }
      }
      case 1 -> {
        for (int i = 0; i < 40; i++) {
          Bytes key = key(random.below(20_000));
          Bytes value = Bytes.of(random.below(256));
          transaction.put(index, key, value);
          model.put(key, value);
        }
      }
      default -> {
        EntryRun run = new EntryRun();
        NavigableMap<Bytes, Bytes> more = new TreeMap<>();
        int count = random.below(2) == 0 ? 1500 : 200;
        while (run.size() < count) {
          Bytes key = key(random.below(20_000));
          if (!model.containsKey(key)
              && more.putIfAbsent(key, Bytes.of(run.size() & 0xff)) == null) {
            run.add(key.array(), more.get(key).array());
          }
        }
        assertThat(transaction.putAll(index, run, random.below(2) == 0)).isEqualTo(-1);
        model.putAll(more);
      }
    }
  }

  private void assertSame(
      SeededRandom random, Transaction transaction, NavigableMap<Bytes, Bytes> model) {
    Bytes from = key(random.below(20_000));
    Bytes to = key(random.below(20_000));
    KeyRange range = from.compareTo(to) <= 0 ? new KeyRange(from, to) : new KeyRange(to, from);
    Direction direction = random.below(2) == 0 ? Direction.FORWARD : Direction.BACKWARD;
    NavigableMap<Bytes, Bytes> part = model.subMap(range.from(), true, range.to(), false);
    List<Bytes> expected =
        new ArrayList<>(direction == Direction.FORWARD ? part.keySet() : part.descendingKeySet());
    List<Bytes> found = new ArrayList<>();
    try (IndexCursor cursor = transaction.range(index, range, direction)) {
      while (cursor.next()) {
        found.add(cursor.key());
        assertThat(cursor.value()).isEqualTo(model.get(cursor.key()));
      }
    }
    assertThat(found).isEqualTo(expected);
    for (int i = 0; i < 50; i++) {
      Bytes key = key(random.below(20_000));
      assertThat(transaction.get(index, key)).isEqualTo(model.get(key));
    }
  }

  private Transaction begin() {
    return home.manager().begin(TransactionOptions.DEFAULT);
  }

  private static Bytes key(int number) {
    return Bytes.of(number >>> 16 & 0xff, number >>> 8 & 0xff, number & 0xff);
  }
}

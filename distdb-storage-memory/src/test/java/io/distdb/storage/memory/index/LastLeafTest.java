// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import java.util.TreeMap;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/**
 * Keys above all others go to the leaf that the tree remembers as its last. Each of these bugs,
 * planted, turns the test of that name red: a tree that goes on remembering a leaf which collection
 * rewrote, which a key of another length had copied, which a run went into, or which was split in
 * the middle. What is appended to such a leaf nobody sees.
 */
class LastLeafTest {
  private static final int LONG = 1_000;

  private final BTreeIndex index = new BTreeIndex(new IndexId(1));
  private final TreeMap<Bytes, Bytes> expected = new TreeMap<>();
  private long clock;

  @Test
  void collectionRewritesTheLastLeaf() {
    append(0, 20, 8);
    for (int number = 5; number < 15; number++) {
      index.put(key(number, 8).array(), null, ++clock);
      expected.remove(key(number, 8));
    }
    assertThat(index.collect(clock, Integer.MAX_VALUE)).isTrue();
    append(20, 40, 8);
  }

  @Test
  void keysOfAnotherLengthCopyTheLastLeaf() {
    append(0, 20, 8);
    index.collect(clock, Integer.MAX_VALUE);
    append(20, 21, 9);
    append(21, 40, 8);
  }

  @Test
  void lastLeafIsSplitInTheMiddle() {
    append(0, 40, LONG);
    for (int number = 0; number < 40; number++) {
      put(key(number, LONG + 1));
      append(40 + number, 41 + number, LONG);
    }
  }

  /** Into the last leaf, beside it when it is full, and over both halves of it. */
  @Test
  void runsReplaceTheLastLeaf() {
    append(0, 10, 8);
    putRun(10, 30);
    append(30, 40, 8);
    putRun(40, 90);
    append(90, 100, 8);
    putRun(100, 126);
    putRun(126, 150);
    append(150, 200, 8);
  }

  private void putRun(int from, int to) {
    VersionRun run = new VersionRun();
    clock++;
    for (int number = from; number < to; number++) {
      Bytes key = key(number, 8);
      run.add(key.array(), key.array(), clock);
      expected.put(key, key);
    }
    index.putAll(run);
  }

  @Test
  void loadedTreeIsAppendedTo() {
    BTreeIndex.Loader loader = BTreeIndex.loader(new IndexId(1));
    for (int number = 0; number < 1_000; number++) {
      loader.add(key(number, 8).array(), key(number, 8).array(), 1);
    }
    VersionedIndex loaded = loader.finish();
    for (int number = 1_000; number < 1_100; number++) {
      loaded.put(key(number, 8).array(), key(number, 8).array(), 2);
    }
    for (int number = 0; number < 1_100; number++) {
      assertThat(loaded.get(key(number, 8), 2)).isEqualTo(key(number, 8));
    }
  }

  @AfterEach
  void everyKeyIsThere() {
    IndexCursor cursor = index.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST);
    expected.forEach((key, value) -> {
      assertThat(index.get(key, Timestamp.LATEST)).isEqualTo(value);
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key()).isEqualTo(key);
    });
    assertThat(cursor.next()).isFalse();
    assertThat(index.estimatedBytes()).isEqualTo(Recount.bytes(index.tree()));
  }

  private void append(int from, int to, int length) {
    for (int number = from; number < to; number++) {
      put(key(number, length));
    }
  }

  private void put(Bytes key) {
    index.put(key.array(), key.array(), ++clock);
    expected.put(key, key);
  }

  /** The number, big-endian in the first 4 bytes, then zeros. */
  private static Bytes key(int number, int length) {
    byte[] key = new byte[length];
    key[2] = (byte) (number >>> 8);
    key[3] = (byte) number;
    return Bytes.wrap(key);
  }
}

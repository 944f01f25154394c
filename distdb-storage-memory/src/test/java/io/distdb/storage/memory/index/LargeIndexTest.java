// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.lang.management.ManagementFactory;
import java.nio.ByteBuffer;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Indexes of several levels and many segments. */
class LargeIndexTest {
  private static final int ENTRIES = 200_000;
  private static final IndexId ID = new IndexId(3);

  /** Orders of insertion: +1, -1, and a stride that visits all in a scattered order. */
  @ParameterizedTest
  @ValueSource(ints = {1, -1, 77_773})
  void treeHoldsWhatWasInserted(int stride) {
    BTreeIndex index = new BTreeIndex(ID);
    for (int i = 0; i < ENTRIES; i++) {
      int number = Math.floorMod((long) i * stride, ENTRIES);
      index.put(key(number), key(number), i + 1);
    }
    assertThat(index.estimatedEntries()).isEqualTo(ENTRIES);
    IndexCursor forward = index.range(KeyRange.ALL, Direction.FORWARD, Timestamp.LATEST);
    for (int number = 0; number < ENTRIES; number++) {
      assertThat(forward.next()).isTrue();
      assertThat(forward.key().array()).isEqualTo(key(number));
    }
    assertThat(forward.next()).isFalse();
    IndexCursor backward = index.range(KeyRange.ALL, Direction.BACKWARD, Timestamp.LATEST);
    for (int number = ENTRIES - 1; number >= 0; number--) {
      assertThat(backward.next()).isTrue();
      assertThat(backward.value().array()).isEqualTo(key(number));
    }
    assertThat(backward.next()).isFalse();
  }

  @ParameterizedTest
  @EnumSource(IndexKind.class)
  void emptiedIndexGivesItsMemoryBack(IndexKind kind) {
    VersionedIndex index = VersionedIndex.create(ID, kind);
    for (int i = 0; i < ENTRIES; i++) {
      index.put(entryKey(i), key(i), 1);
    }
    long full = index.estimatedBytes();
    for (int i = 0; i < ENTRIES; i++) {
      index.put(entryKey(i), null, 2);
    }
    assertThat(index.garbageVersions()).isEqualTo(2L * ENTRIES);
    assertThat(index.collect(1, Integer.MAX_VALUE)).isTrue();
    assertThat(index.garbageVersions()).isEqualTo(2L * ENTRIES);
    for (int pass = 0; pass < 5; pass++) {
      index.collect(2, Integer.MAX_VALUE);
    }
    assertThat(index.garbageVersions()).isZero();
    assertThat(index.versions().next()).isFalse();
    assertThat(index.estimatedBytes()).isLessThan(full / 20);
    index.put(entryKey(1), key(1), 3);
    assertThat(index.get(Bytes.wrap(entryKey(1)), 3).array()).isEqualTo(key(1));
  }

  @ParameterizedTest
  @EnumSource(IndexKind.class)
  void estimatedBytesAreThoseOfTheHeap(IndexKind kind) {
    long before = usedHeapBytes();
    VersionedIndex index = VersionedIndex.create(ID, kind);
    Random random = new Random(5);
    for (int i = 0; i < ENTRIES; i++) {
      index.put(entryKey(random.nextInt()), new byte[random.nextInt(60)], 1);
    }
    for (int i = 0; i < ENTRIES / 2; i++) {
      index.put(entryKey(i), new byte[20], 2 + i % 3);
    }
    long measured = usedHeapBytes() - before;
    assertThat((double) index.estimatedBytes() / measured).isBetween(0.93, 1.07);
  }

  private static long usedHeapBytes() {
    long used = Long.MAX_VALUE;
    for (int i = 0; i < 4; i++) {
      System.gc();
      used = Math.min(used, ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed());
    }
    return used;
  }

  @ParameterizedTest
  @ValueSource(ints = {1_000, 30_000, 64 << 10})
  void longKeysSplitLeavesEarly(int keyBytes) {
    BTreeIndex index = new BTreeIndex(ID);
    int count = 200;
    for (int i = 0; i < count; i++) {
      index.put(longKey(i * 37 % count, keyBytes), key(i), 1);
    }
    IndexCursor cursor = index.range(KeyRange.ALL, Direction.FORWARD, 1);
    for (int i = 0; i < count; i++) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key().array()).isEqualTo(longKey(i, keyBytes));
    }
    assertThat(cursor.next()).isFalse();
  }

  /** Lengths differ, and so does the byte in the middle. */
  private static byte[] longKey(int number, int keyBytes) {
    byte[] key = new byte[keyBytes - number % 3];
    key[keyBytes / 2] = (byte) number;
    return key;
  }

  @Test
  void hashHasNoOrder() {
    assertThatThrownBy(() -> new HashIndex(ID).range(KeyRange.ALL, Direction.FORWARD, 1))
        .isInstanceOfSatisfying(
            DistDbException.class,
            e -> assertThat(e.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE));
  }

  @Test
  void loaderRefusesDisorder() {
    VersionedIndex.Loader loader = BTreeIndex.loader(ID);
    loader.add(key(2), key(2), 1);
    assertThatThrownBy(() -> loader.add(key(1), key(1), 1))
        .isInstanceOf(Invariant.InvariantViolation.class);
  }

  @Test
  void loadedTreeTakesWrites() {
    VersionedIndex.Loader loader = BTreeIndex.loader(ID);
    for (int i = 0; i < ENTRIES; i += 2) {
      loader.add(key(i), key(i), 1);
    }
    VersionedIndex index = loader.finish();
    for (int i = 1; i < ENTRIES; i += 2) {
      index.put(key(i), key(i), 2);
    }
    IndexCursor cursor = index.range(KeyRange.ALL, Direction.FORWARD, 2);
    for (int i = 0; i < ENTRIES; i++) {
      assertThat(cursor.next()).isTrue();
      assertThat(cursor.key().array()).isEqualTo(key(i));
    }
    assertThat(cursor.next()).isFalse();
  }

  /** A long chain is replayed in order: no stack, no copy of it. */
  @ParameterizedTest
  @EnumSource(IndexKind.class)
  void lateVersionsFindTheirPlaceInLongChains(IndexKind kind) {
    VersionedIndex index = VersionedIndex.create(ID, kind);
    int versions = 3_000;
    for (int t = 2; t <= versions; t += 2) {
      index.put(entryKey(1), key(t), t);
    }
    for (int t = 1; t <= versions; t++) {
      index.put(entryKey(1), key(t), t);
    }
    assertThat(index.garbageVersions()).isEqualTo(versions - 1);
    for (int t = 1; t <= versions; t++) {
      assertThat(index.get(Bytes.wrap(entryKey(1)), t).array()).isEqualTo(key(t));
    }
  }

  private static byte[] key(int number) {
    return ByteBuffer.allocate(13).put((byte) 3).putLong(number).putInt(number * 31).array();
  }

  /** Good for both kinds; every fourth number shares its hashed part with its neighbours. */
  private static byte[] entryKey(int number) {
    int hashed = number % 4 == 0 ? number : number & ~3 | 1;
    return HashKey.of(Bytes.wrap(key(hashed)), Bytes.wrap(key(number))).array();
  }
}

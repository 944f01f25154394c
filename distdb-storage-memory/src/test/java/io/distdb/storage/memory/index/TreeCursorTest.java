// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Scans that skip the timestamps of a leaf do so only when all of them are old enough. */
class TreeCursorTest {
  private static final int KEYS = 10;

  private final BTreeIndex index = new BTreeIndex(new IndexId(1));

  /** Filled in the direction of the scan: forward, by appends in place, else by copies. */
  @ParameterizedTest
  @EnumSource(Direction.class)
  void hidesEntriesYoungerThanTheScan(Direction direction) {
    for (int i = 0; i < KEYS; i++) {
      int key = direction == Direction.FORWARD ? i : KEYS - 1 - i;
      index.put(key(key), key(key), 10 + 10 * i);
    }
    for (int asOf = 9; asOf <= 10 * KEYS + 10; asOf++) {
      assertThat(count(direction, asOf)).as("as of %s", asOf).isEqualTo(Math.min(KEYS, asOf / 10));
    }
  }

  /** The chain that collection makes a bare value is younger than the deletion it began with. */
  @Test
  void hidesWhatCollectionMadeABareValue() {
    for (int key = 0; key < KEYS; key++) {
      index.put(key(key), null, 5);
      index.put(key(key), key(key), 100);
    }
    assertThat(index.collect(50, Integer.MAX_VALUE)).isTrue();
    assertThat(index.garbageVersions()).isZero();
    assertThat(count(Direction.FORWARD, 60)).isZero();
    assertThat(count(Direction.FORWARD, 100)).isEqualTo(KEYS);
  }

  /** Read and then gone: the leaf's slots are looked at for each block, not for each entry. */
  @Test
  void blockSeesTheVersionOfItsSnapshot() {
    for (int key = 0; key < KEYS; key++) {
      index.put(key(key), key(key), 1);
    }
    IndexCursor cursor = index.range(KeyRange.ALL, Direction.FORWARD, 1);
    EntryBlock block = new EntryBlock(KEYS / 2);
    assertThat(cursor.next(block)).isEqualTo(KEYS / 2);
    for (int key = 0; key < KEYS; key++) {
      index.put(key(key), key % 2 == 0 ? null : key(99), 2);
    }
    assertThat(block.value(1)).isEqualTo(Bytes.wrap(key(1)));
    assertThat(cursor.next(block)).isEqualTo(KEYS / 2);
    for (int i = 0; i < block.size(); i++) {
      assertThat(block.value(i)).isEqualTo(block.key(i)).isEqualTo(Bytes.wrap(key(KEYS / 2 + i)));
    }
    assertThat(cursor.next(block)).isZero();
    block.clear();
    assertThat(block.values()).containsOnlyNulls();
  }

  private int count(Direction direction, long asOf) {
    try (IndexCursor cursor = index.range(KeyRange.ALL, direction, asOf)) {
      EntryBlock block = new EntryBlock(KEYS + 1);
      int inBlock = cursor.next(block);
      for (int i = 0; i < inBlock; i++) {
        assertThat(block.value(i)).isEqualTo(block.key(i));
      }
      assertThat(inBlock).isEqualTo(countOneByOne(direction, asOf));
      assertThat(cursor.next()).isFalse();
      assertThat(valuesOnly(direction, asOf)).isEqualTo(valuesOf(block));
      return inBlock;
    }
  }

  /** In blocks of 4 without keys. */
  private List<Bytes> valuesOnly(Direction direction, long asOf) {
    List<Bytes> values = new ArrayList<>();
    try (IndexCursor cursor = index.range(KeyRange.ALL, direction, asOf)) {
      EntryBlock block = EntryBlock.ofValues(4);
      while (cursor.next(block) > 0) {
        values.addAll(valuesOf(block));
      }
      block.clear();
      assertThat(block.values()).containsOnlyNulls();
    }
    return values;
  }

  private static List<Bytes> valuesOf(EntryBlock block) {
    return IntStream.range(0, block.size()).mapToObj(block::value).toList();
  }

  private int countOneByOne(Direction direction, long asOf) {
    int count = 0;
    try (IndexCursor cursor = index.range(KeyRange.ALL, direction, asOf)) {
      while (cursor.next()) {
        assertThat(cursor.value()).isEqualTo(cursor.key());
        count++;
      }
    }
    return count;
  }

  private static byte[] key(int number) {
    return Bytes.of(7, 7, number).array();
  }
}

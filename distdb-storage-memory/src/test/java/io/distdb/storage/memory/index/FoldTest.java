// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import java.nio.ByteBuffer;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** What the collector leaves of chains of which every read sees the head alone. */
class FoldTest {
  private static final int KEYS = 1_000;

  private final BTreeIndex index = new BTreeIndex(new IndexId(1));
  private long bytesOnce;

  @BeforeEach
  void writeOnce() {
    for (int number = 0; number < KEYS; number++) {
      put(number, 1, number + 1);
    }
    bytesOnce = index.estimatedBytes();
  }

  @Test
  void fewUpdatesOfALeafLeaveNoChainBehind() {
    for (int number = 0; number < KEYS; number += 50) {
      put(number, 2, KEYS + 1);
    }
    assertThat(index.estimatedBytes()).isGreaterThan(bytesOnce);
    assertThat(index.collect(KEYS + 1, Integer.MAX_VALUE)).isTrue();
    assertThat(index.estimatedBytes()).isEqualTo(bytesOnce);
    assertThat(index.garbageVersions()).isZero();
    for (int number = 0; number < KEYS; number++) {
      assertThat(index.get(key(number), KEYS + 1)).isEqualTo(value(number % 50 == 0 ? 2 : 1));
      assertThat(index.newestTimestamp(key(number)))
          .isEqualTo(number % 50 == 0 ? KEYS + 1 : number + 1);
    }
  }

  @Test
  void versionAboveTheSafePointStaysHiddenFromReadsBelowIt() {
    index.put(key(7).array(), null, KEYS + 1);
    put(7, 2, KEYS + 3);
    index.collect(KEYS + 2, Integer.MAX_VALUE);
    assertThat(index.get(key(7), KEYS + 2)).isNull();
    assertThat(index.get(key(7), KEYS + 3)).isEqualTo(value(2));
    index.collect(KEYS + 3, Integer.MAX_VALUE);
    assertThat(index.get(key(7), KEYS + 3)).isEqualTo(value(2));
    assertThat(index.estimatedBytes()).isEqualTo(bytesOnce);
  }

  /** A later version goes above the folded one, and a reader between them sees that. */
  @Test
  void foldedVersionHidesLaterOnes() {
    put(7, 2, KEYS + 1);
    index.collect(KEYS + 1, Integer.MAX_VALUE);
    put(7, 3, KEYS + 5);
    assertThat(index.get(key(7), KEYS + 4)).isEqualTo(value(2));
    assertThat(index.get(key(7), KEYS + 5)).isEqualTo(value(3));
  }

  private void put(int number, int value, long timestamp) {
    index.put(key(number).array(), value(value).array(), timestamp);
  }

  private static Bytes key(int number) {
    return Bytes.wrap(ByteBuffer.allocate(8).putLong(number).array());
  }

  private static Bytes value(int value) {
    return Bytes.wrap(ByteBuffer.allocate(4).putInt(value).array());
  }
}

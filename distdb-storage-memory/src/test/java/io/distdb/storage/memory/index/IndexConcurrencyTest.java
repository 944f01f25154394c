// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicLongArray;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * One writer, several readers, each read checked against what its timestamp must show. At tick t
 * the writer sets the standing keys of group t mod {@value #GROUPS} to t, adds the passing key t,
 * deletes the passing key t - {@value #LIFE}, then announces t, and collects below the oldest
 * reader.
 */
class IndexConcurrencyTest {
  private static final int GROUPS = 8;
  private static final int STANDING = 400;
  private static final int LIFE = 300;
  private static final int TICKS = 20_000;
  private static final int READERS = 3;
  private static final long NOT_READING = Long.MAX_VALUE;

  private final AtomicLong applied = new AtomicLong();
  private final AtomicLong safePoint = new AtomicLong();
  private final AtomicLongArray reading = new AtomicLongArray(READERS);
  private final AtomicBoolean writing = new AtomicBoolean(true);

  /** Of readers that have read nothing yet and go on. */
  private final CountDownLatch expected = new CountDownLatch(READERS);

  @ParameterizedTest
  @EnumSource(IndexKind.class)
  void everySnapshotIsExactWhileTheWriterGoesOn(IndexKind kind) throws Exception {
    VersionedIndex index = VersionedIndex.create(new IndexId(1), kind);
    for (int i = 0; i < READERS; i++) {
      reading.set(i, NOT_READING);
    }
    try (ExecutorService readers = Executors.newFixedThreadPool(READERS)) {
      List<Future<Integer>> reads = new ArrayList<>();
      for (int i = 0; i < READERS; i++) {
        int reader = i;
        Callable<Integer> read = () -> readUntilTheEnd(index, reader);
        reads.add(readers.submit(read));
      }
      try {
        writeAll(index);
        // The machine may let a reader begin when the writer has done: the last snapshot stays.
        expected.await();
      } finally {
        writing.set(false);
      }
      for (Future<Integer> read : reads) {
        assertThat(read.get()).as("snapshots read").isPositive();
      }
    }
    assertThat(index.collect(TICKS, Integer.MAX_VALUE)).as("rest of a pass").isTrue();
    assertThat(index.collect(TICKS, Integer.MAX_VALUE)).as("a whole pass").isTrue();
    assertThat(index.garbageVersions()).isZero();
    assertThat(index.estimatedEntries()).isEqualTo(STANDING + LIFE);
  }

  private void writeAll(VersionedIndex index) {
    for (long tick = 1; tick <= TICKS; tick++) {
      for (long i = tick % GROUPS; i < STANDING; i += GROUPS) {
        index.put(standing(i).array(), value(tick), tick);
      }
      index.put(passing(tick).array(), value(tick), tick);
      if (tick > LIFE) {
        index.put(passing(tick - LIFE).array(), null, tick);
      }
      applied.set(tick);
      collect(index, tick);
    }
  }

  private void collect(VersionedIndex index, long tick) {
    safePoint.set(tick);
    long oldest = tick;
    for (int i = 0; i < READERS; i++) {
      oldest = Math.min(oldest, reading.get(i));
    }
    safePoint.set(oldest);
    index.collect(oldest, 150);
  }

  private int readUntilTheEnd(VersionedIndex index, int reader) {
    try {
      return readAll(index, reader);
    } finally {
      expected.countDown();
    }
  }

  private int readAll(VersionedIndex index, int reader) {
    Random random = new Random(reader);
    int snapshots = 0;
    while (writing.get()) {
      long asOf = applied.get();
      reading.set(reader, asOf);
      if (asOf > GROUPS && safePoint.get() <= asOf) {
        checkPoints(index, asOf, random);
        checkAll(index, asOf, random.nextBoolean());
        if (index.kind() == IndexKind.BTREE) {
          checkInBlocks(index, asOf, new EntryBlock(1 + random.nextInt(100)));
        }
        snapshots++;
        if (snapshots == 1) {
          expected.countDown();
        }
      }
      reading.set(reader, NOT_READING);
    }
    return snapshots;
  }

  private static void checkPoints(VersionedIndex index, long asOf, Random random) {
    for (int i = 0; i < 20; i++) {
      int number = random.nextInt(STANDING);
      assertThat(index.get(standing(number), asOf)).isEqualTo(expectedStanding(number, asOf));
      long passing = Math.max(1, asOf + 5 - random.nextInt(LIFE + 10));
      Bytes expected = passing <= asOf && passing > asOf - LIFE ? Bytes.wrap(value(passing)) : null;
      assertThat(index.get(passing(passing), asOf)).isEqualTo(expected);
    }
  }

  private static Bytes expectedStanding(long number, long asOf) {
    return Bytes.wrap(value(asOf - Math.floorMod(asOf - number, GROUPS)));
  }

  private static void checkAll(VersionedIndex index, long asOf, boolean forward) {
    if (index.kind() == IndexKind.HASH) {
      IndexCursor cursor = index.lookup(Bytes.utf8("standing"), asOf);
      int count = 0;
      while (cursor.next()) {
        checkStanding(cursor, asOf);
        count++;
      }
      assertThat(count).isEqualTo(STANDING);
      return;
    }
    Direction direction = forward ? Direction.FORWARD : Direction.BACKWARD;
    IndexCursor cursor = index.range(KeyRange.ALL, direction, asOf);
    Bytes last = null;
    int count = 0;
    while (cursor.next()) {
      Bytes key = cursor.key();
      assertThat(last == null || last.compareTo(key) < 0 == forward).isTrue();
      last = key;
      if (HashKey.hashed(key).equals(Bytes.utf8("standing"))) {
        checkStanding(cursor, asOf);
      } else {
        assertThat(passing(number(cursor.value()))).isEqualTo(key);
      }
      count++;
    }
    assertThat(count).isEqualTo(STANDING + Math.min(asOf, LIFE));
  }

  private static void checkInBlocks(VersionedIndex index, long asOf, EntryBlock block) {
    IndexCursor cursor = index.range(KeyRange.ALL, Direction.FORWARD, asOf);
    Bytes last = Bytes.EMPTY;
    int count = 0;
    while (cursor.next(block) > 0) {
      for (int i = 0; i < block.size(); i++) {
        Bytes key = block.key(i);
        assertThat(last.compareTo(key)).isNegative();
        last = key;
        if (HashKey.hashed(key).equals(Bytes.utf8("standing"))) {
          assertThat(block.value(i)).isEqualTo(expectedStanding(number(HashKey.rest(key)), asOf));
        } else {
          assertThat(passing(number(block.value(i)))).isEqualTo(key);
        }
      }
      count += block.size();
    }
    assertThat(count).isEqualTo(STANDING + Math.min(asOf, LIFE));
  }

  private static void checkStanding(IndexCursor cursor, long asOf) {
    long number = number(HashKey.rest(cursor.key()));
    assertThat(cursor.value()).isEqualTo(expectedStanding(number, asOf));
  }

  /** All of one hashed part: in a hash index, a group. */
  private static Bytes standing(long number) {
    return HashKey.of(Bytes.utf8("standing"), Bytes.wrap(value(number)));
  }

  /** Scattered over the key space, each a hashed part of its own. */
  private static Bytes passing(long tick) {
    return HashKey.of(Bytes.wrap(value(tick * 0x9e3779b97f4a7c15L)), Bytes.EMPTY);
  }

  private static byte[] value(long number) {
    return ByteBuffer.allocate(8).putLong(number).array();
  }

  private static long number(Bytes value) {
    return ByteBuffer.wrap(value.array()).getLong();
  }
}

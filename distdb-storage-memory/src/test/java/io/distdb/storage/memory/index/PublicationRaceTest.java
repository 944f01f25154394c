// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Readers on the very entry that the writer publishes. At tick t the writer appends key t and, if t
 * is even, sets key t / 2 anew, then announces t. One reader gets the two keys that the next tick
 * will touch, as of the last; the others scan from the last key on, and from a little before it, in
 * blocks.
 *
 * <p>Each of these bugs, planted, made three of three runs red on two busy cores: a leaf's count
 * published before all else of an append, before its timestamp only, or before the leaf's newest
 * timestamp; a version published before its link to the older ones. Not red on x86, which keeps the
 * order of stores: a release store that becomes a plain one.
 */
class PublicationRaceTest {
  private static final int TICKS = 2_000_000;
  private static final int IN_BLOCK = 70;

  private final BTreeIndex index = new BTreeIndex(new IndexId(1));
  private final AtomicLong announced = new AtomicLong();
  private final AtomicBoolean writing = new AtomicBoolean(true);

  @Test
  void whatIsReachedIsComplete() throws Exception {
    try (ExecutorService readers = Executors.newFixedThreadPool(3)) {
      List<Future<Long>> reads = new ArrayList<>();
      reads.add(readers.submit(this::getNext));
      reads.add(readers.submit(this::scanLast));
      reads.add(readers.submit(this::scanLastInBlocks));
      try {
        for (long tick = 1; tick <= TICKS; tick++) {
          index.put(bytes(tick).array(), bytes(tick).array(), tick);
          if (tick % 2 == 0) {
            index.put(bytes(tick / 2).array(), bytes(tick).array(), tick);
          }
          announced.set(tick);
        }
      } finally {
        writing.set(false);
      }
      for (Future<Long> read : reads) {
        assertThat(read.get()).as("reads").isPositive();
      }
    }
  }

  // A reader that the machine lets begin when the writer has done looks once, as do all.

  /** Looks as of the last tick for the key that comes, until its tick is announced. */
  private long getNext() {
    long reads = 0;
    do {
      long asOf = announced.get();
      Bytes next = bytes(asOf + 1);
      Bytes half = bytes((asOf + 1) / 2);
      do {
        if (index.get(next, asOf) != null) {
          throw new AssertionError("key " + (asOf + 1) + " is there as of " + asOf);
        }
        if (asOf > 0 && index.get(half, asOf) == null) {
          throw new AssertionError("key " + (asOf + 1) / 2 + " is missing as of " + asOf);
        }
        reads++;
      } while (announced.get() == asOf && writing.get());
      if (asOf > 0) {
        assertThat(index.get(bytes(asOf), asOf)).as("as of %s", asOf).isEqualTo(bytes(asOf));
      }
    } while (writing.get());
    return reads;
  }

  /** Scans from the last key as of its tick: that one entry, and then no other. */
  private long scanLast() {
    long reads = 0;
    do {
      long asOf = announced.get();
      Bytes last = bytes(asOf);
      KeyRange range = new KeyRange(last, null);
      do {
        try (IndexCursor cursor = index.range(range, Direction.FORWARD, asOf)) {
          boolean found = asOf == 0 || cursor.next() && cursor.value().equals(last);
          if (!found || cursor.next()) {
            throw new AssertionError("a scan as of " + asOf + " found last: " + found);
          }
        }
        reads++;
      } while (announced.get() == asOf && writing.get());
    } while (writing.get());
    return reads;
  }

  /** Takes the last keys as of their tick as blocks: those, each with its newest value. */
  private long scanLastInBlocks() {
    long reads = 0;
    EntryBlock block = new EntryBlock(IN_BLOCK + 1);
    do {
      long asOf = announced.get();
      long first = Math.max(1, asOf - IN_BLOCK + 1);
      KeyRange range = new KeyRange(bytes(first), null);
      do {
        try (IndexCursor cursor = index.range(range, Direction.FORWARD, asOf)) {
          int found = cursor.next(block);
          if (found != asOf - first + 1) {
            throw new AssertionError("a block as of " + asOf + " has " + found);
          }
          for (int i = 0; i < found; i++) {
            long key = first + i;
            Bytes value = bytes(2 * key <= asOf ? 2 * key : key);
            if (!block.key(i).equals(bytes(key)) || !block.value(i).equals(value)) {
              throw new AssertionError("key " + key + " is wrong as of " + asOf);
            }
          }
        }
        reads++;
      } while (announced.get() == asOf && writing.get());
    } while (writing.get());
    return reads;
  }

  private static Bytes bytes(long number) {
    return Bytes.wrap(ByteBuffer.allocate(8).putLong(number).array());
  }
}

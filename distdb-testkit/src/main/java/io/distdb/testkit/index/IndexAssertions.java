// SPDX-License-Identifier: MIT
package io.distdb.testkit.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.testkit.index.IndexModel.Entry;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** Compares an index with its model. */
public final class IndexAssertions {
  private static final Comparator<Entry> BY_KEY = Comparator.comparing(Entry::key);

  private static final int BLOCK_ENTRIES = 7;

  /** Keys looked up at once: above what any adapter does side by side, and no multiple of it. */
  private static final int MANY_KEYS = 75;

  private IndexAssertions() {}

  /** Walks to the end and closes. */
  public static List<Entry> drain(IndexCursor cursor) {
    List<Entry> entries = new ArrayList<>();
    try (cursor) {
      while (cursor.next()) {
        entries.add(new Entry(cursor.key(), cursor.value()));
      }
    }
    return entries;
  }

  /** As {@link #drain}, in blocks. */
  public static List<Entry> drainInBlocks(IndexCursor cursor) {
    List<Entry> entries = new ArrayList<>();
    EntryBlock block = new EntryBlock(BLOCK_ENTRIES);
    try (cursor) {
      while (cursor.next(block) > 0) {
        for (int i = 0; i < block.size(); i++) {
          entries.add(new Entry(block.key(i), block.value(i)));
        }
      }
    }
    return entries;
  }

  /** As {@link #drain}, in key order whatever the cursor's. */
  public static List<Entry> drainSorted(IndexCursor cursor) {
    List<Entry> entries = drain(cursor);
    entries.sort(BY_KEY);
    return entries;
  }

  /**
   * Every way to read agrees with the model.
   *
   * @param asOf at or above {@code safePoint}
   * @param safePoint the highest that was collected at
   */
  public static void assertSame(Index index, IndexModel model, long asOf, long safePoint) {
    assertThat(index.kind()).isEqualTo(model.kind());
    for (Bytes key : model.keys()) {
      assertThat(index.get(key, asOf))
          .as("get(%s, %s) of index %s", key, asOf, index.id())
          .isEqualTo(model.get(key, asOf));
      assertNewest(index, model, key, safePoint);
    }
    assertGetAll(index, model, asOf);
    if (model.kind() == IndexKind.BTREE) {
      for (Direction direction : Direction.values()) {
        assertRange(index, model, KeyRange.ALL, direction, asOf);
      }
    } else {
      model.keys().stream()
          .map(HashKey::hashed)
          .distinct()
          .forEach(hashed -> assertLookup(index, model, hashed, asOf));
    }
  }

  /** Every key, among them some that are not there, at once; forwards and some of them twice. */
  private static void assertGetAll(Index index, IndexModel model, long asOf) {
    List<Bytes> keys = new ArrayList<>();
    for (Bytes key : model.keys()) {
      keys.add(key);
      keys.add(key.successor());
    }
    keys.addAll(model.keys());
    for (int from = 0; from < keys.size(); from += MANY_KEYS) {
      List<Bytes> some = keys.subList(from, Math.min(keys.size(), from + MANY_KEYS));
      EntryBlock block = new EntryBlock(MANY_KEYS);
      some.forEach(key -> block.addKey(key.array(), 0, key.length()));
      index.getAll(block, asOf);
      for (int i = 0; i < some.size(); i++) {
        byte[] value = block.valueArray(i);
        assertThat(value == null ? null : Bytes.wrap(value))
            .as("getAll(%s, %s) of index %s", some.get(i), asOf, index.id())
            .isEqualTo(model.get(some.get(i), asOf));
      }
    }
  }

  private static void assertNewest(Index index, IndexModel model, Bytes key, long safePoint) {
    long newest = index.newestTimestamp(key);
    boolean forgotten = newest == Timestamp.NONE && model.mayBeForgotten(key, safePoint);
    if (!forgotten) {
      assertThat(newest)
          .as("newestTimestamp(%s) of index %s", key, index.id())
          .isEqualTo(model.newestTimestamp(key));
    }
  }

  public static void assertRange(
      Index index, IndexModel model, KeyRange range, Direction direction, long asOf) {
    assertThat(drain(index.range(range, direction, asOf)))
        .as("range(%s, %s, %s) of index %s", range, direction, asOf, index.id())
        .isEqualTo(model.range(range, direction, asOf));
    assertThat(drainInBlocks(index.range(range, direction, asOf)))
        .as("range(%s, %s, %s) of index %s in blocks", range, direction, asOf, index.id())
        .isEqualTo(model.range(range, direction, asOf));
  }

  public static void assertLookup(Index index, IndexModel model, Bytes wanted, long asOf) {
    List<Entry> found =
        model.kind() == IndexKind.BTREE
            ? drain(index.lookup(wanted, asOf))
            : drainSorted(index.lookup(wanted, asOf));
    assertThat(found)
        .as("lookup(%s, %s) of index %s", wanted, asOf, index.id())
        .isEqualTo(model.lookup(wanted, asOf));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What an index must answer: of each key, in order, its versions by timestamp; never collected. */
final class IndexModel {
  /** Stands for a deletion. */
  static final Bytes DELETED = null;

  final TreeMap<Bytes, TreeMap<Long, Bytes>> keys = new TreeMap<>();

  record Entry(Bytes key, Bytes value) {}

  void put(Bytes key, Bytes value, long timestamp) {
    TreeMap<Long, Bytes> versions = keys.computeIfAbsent(key, absent -> new TreeMap<>());
    if (!versions.containsKey(timestamp)) {
      versions.put(timestamp, value);
    }
  }

  Bytes get(Bytes key, long asOf) {
    TreeMap<Long, Bytes> versions = keys.get(key);
    Map.Entry<Long, Bytes> seen = versions == null ? null : versions.floorEntry(asOf);
    return seen == null ? null : seen.getValue();
  }

  List<Entry> range(KeyRange range, Direction direction, long asOf) {
    List<Entry> entries = new ArrayList<>();
    for (Bytes key : keys.keySet()) {
      Bytes value = range.contains(key) ? get(key, asOf) : null;
      if (value != null) {
        entries.add(direction == Direction.FORWARD ? entries.size() : 0, new Entry(key, value));
      }
    }
    return entries;
  }

  /** Entries whose hashed part is {@code hashed}. */
  Map<Bytes, Bytes> hashed(Bytes hashed, long asOf) {
    Map<Bytes, Bytes> entries = new HashMap<>();
    for (Bytes key : keys.keySet()) {
      Bytes value = HashKey.hashed(key).equals(hashed) ? get(key, asOf) : null;
      if (value != null) {
        entries.put(key, value);
      }
    }
    return entries;
  }

  long liveEntries() {
    return keys.values().stream().filter(v -> v.lastEntry().getValue() != null).count();
  }

  /** Versions that are not their key's newest, and deletions, had nothing been collected. */
  long garbage() {
    return keys.values().stream()
        .mapToLong(v -> v.size() - (v.lastEntry().getValue() == null ? 0 : 1))
        .sum();
  }

  /** Compares every key and, for an ordered index, whole ranges, at {@code asOf}. */
  void check(VersionedIndex index, long asOf) {
    for (Bytes key : keys.keySet()) {
      assertThat(index.get(key, asOf)).as("get %s at %d", key, asOf).isEqualTo(get(key, asOf));
    }
    if (index.kind() == IndexKind.BTREE) {
      for (Direction direction : Direction.values()) {
        IndexCursor cursor = index.range(KeyRange.ALL, direction, asOf);
        assertThat(drain(cursor)).isEqualTo(range(KeyRange.ALL, direction, asOf));
      }
    } else {
      keys.keySet().stream()
          .map(HashKey::hashed)
          .distinct()
          .forEach(part ->
              assertThat(asMap(drain(index.lookup(part, asOf)))).isEqualTo(hashed(part, asOf)));
    }
  }

  static List<Entry> drain(IndexCursor cursor) {
    List<Entry> entries = new ArrayList<>();
    while (cursor.next()) {
      entries.add(new Entry(cursor.key(), cursor.value()));
    }
    assertThat(cursor.next()).isFalse();
    return entries;
  }

  /** Fails on an entry that came twice. */
  static Map<Bytes, Bytes> asMap(List<Entry> entries) {
    Map<Bytes, Bytes> map = new HashMap<>();
    for (Entry entry : entries) {
      assertThat(map.put(entry.key(), entry.value())).as("second %s", entry.key()).isNull();
    }
    return map;
  }
}

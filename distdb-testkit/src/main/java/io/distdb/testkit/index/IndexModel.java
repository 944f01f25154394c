// SPDX-License-Identifier: MIT
package io.distdb.testkit.index;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Direction;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.NavigableSet;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What an index must answer: a sorted map of sorted maps that forgets nothing, garbage collection
 * included. Not thread-safe.
 */
public final class IndexModel {
  /** What a cursor stands on. */
  public record Entry(Bytes key, Bytes value) {}

  private final IndexKind kind;

  /** By key, by timestamp; a deletion is empty. */
  private final TreeMap<Bytes, TreeMap<Long, Optional<Bytes>>> keys = new TreeMap<>();

  public IndexModel(IndexKind kind) {
    this.kind = kind;
  }

  public IndexKind kind() {
    return kind;
  }

  /** A copy that later puts do not change. */
  public IndexModel copy() {
    IndexModel copy = new IndexModel(kind);
    keys.forEach((key, versions) -> copy.keys.put(key, new TreeMap<>(versions)));
    return copy;
  }

  /**
   * @param value null for a deletion
   */
  public void put(Bytes key, Bytes value, long timestamp) {
    keys.computeIfAbsent(key, absent -> new TreeMap<>()).put(timestamp, Optional.ofNullable(value));
  }

  /** Every key that was ever put. */
  public NavigableSet<Bytes> keys() {
    return Collections.unmodifiableNavigableSet(keys.navigableKeySet());
  }

  /** The value of {@code key} at {@code asOf}, or null. */
  public Bytes get(Bytes key, long asOf) {
    TreeMap<Long, Optional<Bytes>> versions = keys.get(key);
    Map.Entry<Long, Optional<Bytes>> seen = versions == null ? null : versions.floorEntry(asOf);
    return seen == null ? null : seen.getValue().orElse(null);
  }

  /** As the port's, without collection. */
  public long newestTimestamp(Bytes key) {
    TreeMap<Long, Optional<Bytes>> versions = keys.get(key);
    return versions == null ? Timestamp.NONE : versions.lastKey();
  }

  /** Whether a collection at {@code safePoint} may have forgotten the key altogether. */
  public boolean mayBeForgotten(Bytes key, long safePoint) {
    TreeMap<Long, Optional<Bytes>> versions = keys.get(key);
    return versions == null
        || versions.lastKey() <= safePoint && versions.lastEntry().getValue().isEmpty();
  }

  public List<Entry> range(KeyRange range, Direction direction, long asOf) {
    List<Entry> entries = new ArrayList<>();
    for (Bytes key : keys.tailMap(range.from(), true).keySet()) {
      Bytes value = range.contains(key) ? get(key, asOf) : null;
      if (value != null) {
        entries.add(new Entry(key, value));
      }
    }
    if (direction == Direction.BACKWARD) {
      Collections.reverse(entries);
    }
    return entries;
  }

  /** In key order, also for a HASH index. */
  public List<Entry> lookup(Bytes wanted, long asOf) {
    List<Entry> entries = new ArrayList<>();
    for (Bytes key : keys.keySet()) {
      boolean belongs =
          kind == IndexKind.BTREE ? key.startsWith(wanted) : HashKey.hashed(key).equals(wanted);
      Bytes value = belongs ? get(key, asOf) : null;
      if (value != null) {
        entries.add(new Entry(key, value));
      }
    }
    return entries;
  }

  /** Keys with a live newest version. */
  public long liveKeys() {
    return keys.values().stream().filter(v -> v.lastEntry().getValue().isPresent()).count();
  }
}

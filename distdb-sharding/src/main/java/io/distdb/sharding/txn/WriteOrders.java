// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.Bytes;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.KeyRange;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;
import java.util.NavigableMap;
import java.util.TreeMap;

/** Key order of the single writes of a {@link WriteBuffer}: of an index since it was asked for. */
final class WriteOrders {
  private final WriteBuffer writes;
  private final Map<IndexId, NavigableMap<Bytes, Integer>> orders = new HashMap<>();

  WriteOrders(WriteBuffer writes) {
    this.writes = writes;
  }

  /** As {@link #within}, of few writes, without a map: picks, and sorts by insertion. */
  static int[] few(WriteBuffer writes, IndexId index, KeyRange range) {
    int[] found = new int[writes.singles()];
    int count = 0;
    for (int i = 0; i < found.length; i++) {
      if (writes.isIn(i, index) && range.contains(writes.key(i))) {
        int at = count++;
        while (at > 0 && writes.key(found[at - 1]).compareTo(writes.key(i)) > 0) {
          found[at] = found[at - 1];
          at--;
        }
        found[at] = i;
      }
    }
    return Arrays.copyOf(found, count);
  }

  /** Positions of the writes within {@code range}, by key. */
  int[] within(IndexId index, KeyRange range) {
    NavigableMap<Bytes, Integer> order = orders.computeIfAbsent(index, this::order);
    NavigableMap<Bytes, Integer> part =
        range.to() == null
            ? order.tailMap(range.from(), true)
            : order.subMap(range.from(), true, range.to(), false);
    int[] positions = new int[part.size()];
    int count = 0;
    for (int position : part.values()) {
      positions[count++] = position;
    }
    return positions;
  }

  private NavigableMap<Bytes, Integer> order(IndexId index) {
    NavigableMap<Bytes, Integer> order = new TreeMap<>();
    for (int i = 0; i < writes.singles(); i++) {
      if (writes.isIn(i, index)) {
        order.put(writes.key(i), i);
      }
    }
    return order;
  }

  void added(IndexId index, Bytes key, int position) {
    NavigableMap<Bytes, Integer> order = orders.get(index);
    if (order != null) {
      order.put(key, position);
    }
  }

  void removed(IndexId index, Bytes key) {
    NavigableMap<Bytes, Integer> order = orders.get(index);
    if (order != null) {
      order.remove(key);
    }
  }
}

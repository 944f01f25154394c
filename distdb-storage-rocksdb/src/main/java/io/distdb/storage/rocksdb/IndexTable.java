// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.index.IndexId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;

/** The indexes of a store by id. Immutable. */
final class IndexTable {
  static final IndexTable EMPTY = of(List.of());

  private final long[] ids;
  private final List<RocksIndex> indexes;

  private IndexTable(long[] ids, List<RocksIndex> indexes) {
    this.ids = ids;
    this.indexes = indexes;
  }

  static IndexTable of(List<RocksIndex> indexes) {
    List<RocksIndex> sorted =
        indexes.stream().sorted(Comparator.comparing(RocksIndex::id)).toList();
    return new IndexTable(sorted.stream().mapToLong(i -> i.id().value()).toArray(), sorted);
  }

  /** Or null. */
  RocksIndex find(IndexId id) {
    int position = Arrays.binarySearch(ids, id.value());
    return position < 0 ? null : indexes.get(position);
  }

  List<RocksIndex> indexes() {
    return indexes;
  }

  IndexTable with(RocksIndex index) {
    List<RocksIndex> more = new ArrayList<>(indexes);
    more.add(index);
    return of(more);
  }

  IndexTable without(IndexId id) {
    return of(indexes.stream().filter(index -> !index.id().equals(id)).toList());
  }
}

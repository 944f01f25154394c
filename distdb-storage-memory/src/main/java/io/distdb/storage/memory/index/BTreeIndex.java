// SPDX-License-Identifier: MIT
package io.distdb.storage.memory.index;

import io.distdb.api.Bytes;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;

/** The ordered index: a {@link Tree} of version chains, whose design note says how it works. */
public final class BTreeIndex implements VersionedIndex {
  private final IndexId id;
  private final IndexCounters counters;
  private final Tree tree;
  private final TreePath path = new TreePath();

  /** An empty index. */
  public BTreeIndex(IndexId id) {
    this.id = id;
    counters = new IndexCounters();
    tree = new Tree(counters);
  }

  private BTreeIndex(IndexId id, IndexCounters counters, Tree tree) {
    this.id = id;
    this.counters = counters;
    this.tree = tree;
  }

  /** Builds an index from versions in the order in which {@link #versions} gives them. */
  public static Loader loader(IndexId id) {
    IndexCounters counters = new IndexCounters();
    TreeBuilder builder = new TreeBuilder(counters);
    return new Loader() {
      @Override
      public void add(byte[] key, byte[] value, long timestamp) {
        builder.add(key, value, timestamp);
      }

      @Override
      public VersionedIndex finish() {
        return new BTreeIndex(id, counters, builder.finish());
      }
    };
  }

  /** For tests, to count its bytes anew. */
  Tree tree() {
    return tree;
  }

  @Override
  public IndexId id() {
    return id;
  }

  @Override
  public IndexKind kind() {
    return IndexKind.BTREE;
  }

  @Override
  public Bytes get(Bytes key, long asOf) {
    byte[] value = tree.get(key.array(), asOf);
    return value == null ? null : Bytes.wrap(value);
  }

  @Override
  public void getAll(EntryBlock block, long asOf) {
    new BlockSearch(block, asOf).search(tree);
  }

  @Override
  public long newestTimestamp(Bytes key) {
    return tree.newestTimestamp(key.array());
  }

  @Override
  public IndexCursor lookup(Bytes key, long asOf) {
    return range(KeyRange.prefix(key), Direction.FORWARD, asOf);
  }

  @Override
  public IndexCursor range(KeyRange range, Direction direction, long asOf) {
    return new TreeCursor(tree, range, direction, asOf);
  }

  @Override
  public long estimatedEntries() {
    return counters.entries();
  }

  @Override
  public long estimatedBytes() {
    return counters.bytes();
  }

  @Override
  public void put(byte[] key, byte[] value, long timestamp) {
    tree.put(path, key, value, timestamp);
  }

  @Override
  public void putAll(VersionRun run) {
    run.sort();
    new RunMerge(tree, path, counters, run).merge();
  }

  @Override
  public boolean collect(long safePoint, int versionsMax) {
    return tree.collect(safePoint, versionsMax);
  }

  @Override
  public long garbageVersions() {
    return counters.garbage();
  }

  @Override
  public VersionCursor versions() {
    return new TreeVersionCursor(tree);
  }
}

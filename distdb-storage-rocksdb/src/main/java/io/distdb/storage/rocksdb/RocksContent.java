// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.ShardId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.ContentCounts;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.storage.ExportFormat;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What a RocksDB has of one shard, read past damaged blocks.
 *
 * @param store how far the shard had come
 * @param bytes of all files, which shards share
 */
record RocksContent(Instance instance, ShardId shard, Records.StoreRecord store, long bytes)
    implements ContentSource {
  @Override
  public String name() {
    return instance.directory().getFileName() + " shard " + shard;
  }

  @Override
  public boolean newest() {
    return true;
  }

  @Override
  public Read read(ExportFormat.Visitor visitor, Consumer<Damage> damages) {
    visitor.position(store.applied());
    Counter counter = new Counter();
    Consumer<DistDbException> told = damage -> damages.accept(RocksDamage.of(damage));
    try {
      sides(visitor, counter, told);
      for (Records.IndexRecord index : indexes(told)) {
        counter.indexes++;
        index(index, visitor, counter, told);
      }
    } catch (DistDbException failure) {
      if (failure.code() == ErrorCode.UNDEFINED_FILE) {
        throw failure;
      }
      told.accept(failure);
    }
    return new Read(counter.counts(), Optional.of(booked()), counter.bytes);
  }

  private void sides(
      ExportFormat.Visitor visitor, Counter counter, Consumer<DistDbException> damages) {
    byte[] prefix = Records.sides(store.sideSlot());
    try (StoredEntries records = entries(Family.RECORDS, damages)) {
      for (boolean is = records.seek(prefix); is; is = records.next()) {
        byte[] key = records.key();
        if (!Instance.startsWith(key, prefix)) {
          return;
        }
        counter.sides++;
        visitor.side(Bytes.copyOf(key, prefix.length, key.length), Bytes.wrap(records.value()));
      }
    }
  }

  /** By id. */
  List<Records.IndexRecord> indexes(Consumer<DistDbException> damages) {
    List<Records.IndexRecord> found = new ArrayList<>();
    byte[] prefix = Records.indexes(shard);
    try (StoredEntries records = entries(Family.RECORDS, damages)) {
      for (boolean is = records.seek(prefix); is; is = records.next()) {
        byte[] key = records.key();
        if (!Instance.startsWith(key, prefix)) {
          break;
        }
        found.add(Records.IndexRecord.of(key, records.value()));
      }
    }
    return found;
  }

  private void index(
      Records.IndexRecord index,
      ExportFormat.Visitor visitor,
      Counter counter,
      Consumer<DistDbException> damages) {
    try (StoredEntries newest = entries(StoredVersions.family(index.kind()), damages);
        StoredEntries history = entries(Family.HISTORY, damages)) {
      CountedVersions versions =
          new CountedVersions(new StoredVersions(newest, history, index), counter);
      visitor.index(index.id(), index.kind(), versions);
    }
  }

  private StoredEntries entries(Family family, Consumer<DistDbException> damages) {
    return new SalvagedEntries(instance.iterate(family), damages);
  }

  /** The counts of an index in the instance's own books; null when it has none. */
  IndexCounters counters(Records.IndexRecord index) {
    byte[] stored;
    try {
      stored = instance.get(Family.RECORDS, Records.counters(index.slot()));
    } catch (DistDbException damaged) {
      return null;
    }
    if (stored == null) {
      return null;
    }
    IndexCounters counters = new IndexCounters();
    counters.load(stored);
    return counters;
  }

  /** What the books say; they do not count side records. */
  ContentCounts booked() {
    List<Records.IndexRecord> all = indexes(damage -> {});
    long keys = 0;
    long versions = 0;
    for (Records.IndexRecord index : all) {
      IndexCounters counters = counters(index);
      if (counters != null) {
        keys += counters.entries();
        versions += counters.entries() + counters.history();
      }
    }
    return new ContentCounts(0, all.size(), keys, versions);
  }

  /** What was handed out. A key whose newest version is a deletion is not an entry. */
  private static final class Counter {
    private long sides;
    private long indexes;
    private long keys;
    private long versions;
    private long bytes;

    private ContentCounts counts() {
      return new ContentCounts(sides, indexes, keys, versions);
    }
  }

  private record CountedVersions(StoredVersions versions, Counter counter)
      implements ExportFormat.Versions {
    @Override
    public boolean next() {
      byte[] before = versions.key();
      if (!versions.next()) {
        return false;
      }
      byte[] value = versions.value();
      if (versions.key() != before) {
        counter.keys += value == null ? 0 : 1;
        counter.bytes += versions.key().length;
      }
      counter.versions++;
      counter.bytes += value == null ? 0 : value.length;
      return true;
    }

    @Override
    public byte[] key() {
      return versions.key();
    }

    @Override
    public byte[] value() {
      return versions.value();
    }

    @Override
    public long timestamp() {
      return versions.timestamp();
    }
  }
}

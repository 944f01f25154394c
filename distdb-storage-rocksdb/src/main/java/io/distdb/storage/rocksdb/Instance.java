// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.time.Scheduler;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import org.rocksdb.AbstractNativeReference;
import org.rocksdb.ColumnFamilyHandle;
import org.rocksdb.FlushOptions;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.ReadOptions;
import org.rocksdb.RocksDB;
import org.rocksdb.RocksDBException;
import org.rocksdb.RocksIterator;
import org.rocksdb.Slice;
import org.rocksdb.Snapshot;
import org.rocksdb.TableProperties;
import org.rocksdb.WriteBatch;
import org.rocksdb.WriteOptions;

/**
 * An open RocksDB: the only class that calls it, the owner of its native objects. RocksDB's own log
 * is off: what was written is durable with the next {@link #flush}, and until then the journal has
 * it.
 *
 * <p>Thread-safe. Every call but {@link #close} must be made inside the {@link #gate}, which those
 * that use this class enter.
 */
final class Instance implements AutoCloseable {
  private final Path directory;
  private final Natives natives;
  private final InstanceOptions options;
  private final RocksDB database;
  private final ColumnFamilyHandle[] handles;
  private final ReadOptions ordered;
  private final ReadOptions byPrefix;
  private final WriteOptions unlogged;
  private final FlushOptions flush;
  private final FlushOptions flushSoon;
  private final Set<OpenIterator> iterators = ConcurrentHashMap.newKeySet();
  private final Reserve reserve;
  final Gate gate = new Gate();

  private Instance(
      Path directory,
      Reserve reserve,
      Natives natives,
      InstanceOptions options,
      RocksDB database,
      List<ColumnFamilyHandle> handles) {
    this.directory = directory;
    this.reserve = reserve;
    this.natives = natives;
    this.options = options;
    this.database = database;
    this.handles = handles.toArray(ColumnFamilyHandle[]::new);
    for (Family family : Family.values()) {
      Invariant.check(
          handles.get(family.ordinal()).getID() == family.ordinal(), "families have these ids");
    }
    ordered = natives.own(new ReadOptions()).setTotalOrderSeek(true);
    byPrefix = natives.own(new ReadOptions()).setPrefixSameAsStart(true);
    unlogged = natives.own(new WriteOptions()).setDisableWAL(true);
    flush = natives.own(new FlushOptions()).setWaitForFlush(true).setAllowWriteStall(true);
    flushSoon = natives.own(new FlushOptions()).setWaitForFlush(false).setAllowWriteStall(true);
  }

  /**
   * Opens or creates it.
   *
   * @throws DistDbException as {@link RocksStorageEngine#open}; nothing stays open
   */
  static Instance open(Path directory, RocksOptions options) {
    NativeLibrary.load();
    Reserve reserve = Reserve.of(directory, options);
    try {
      return open(directory, options, reserve);
    } catch (DistDbException refusal) {
      if (refusal.code() != ErrorCode.DISK_FULL || !reserve.giveUp()) {
        throw refusal;
      }
      return open(directory, options, reserve);
    }
  }

  private static Instance open(Path directory, RocksOptions options, Reserve reserve) {
    Natives natives = new Natives();
    boolean opened = false;
    try {
      InstanceOptions setUp = new InstanceOptions(natives, options);
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      RocksDB database =
          natives.own(RocksDB.open(setUp.database, directory.toString(), setUp.families, handles));
      handles.forEach(natives::own);
      Instance instance = new Instance(directory, reserve, natives, setUp, database, handles);
      opened = true;
      return instance;
    } catch (RocksDBException refusal) {
      throw RocksErrors.opening(refusal, directory);
    } finally {
      if (!opened) {
        natives.close();
      }
    }
  }

  /**
   * Opens what is there to be read as it is now; nothing is written, not even a log file, and no
   * lock is taken. Files that another process then deletes are missed when they are read.
   *
   * @throws DistDbException as {@link RocksStorageEngine#open}; nothing stays open
   */
  static Instance openToRead(Path directory, RocksOptions options) {
    NativeLibrary.load();
    Natives natives = new Natives();
    boolean opened = false;
    try {
      InstanceOptions setUp = new InstanceOptions(natives, options);
      setUp
          .database
          .setCreateIfMissing(false)
          .setCreateMissingColumnFamilies(false)
          .setParanoidChecks(false)
          .setLogger(natives.own(new SilentLogger()));
      List<ColumnFamilyHandle> handles = new ArrayList<>();
      RocksDB database =
          natives.own(
              RocksDB.openReadOnly(setUp.database, directory.toString(), setUp.families, handles));
      handles.forEach(natives::own);
      Instance instance =
          new Instance(
              directory, Reserve.of(directory, options), natives, setUp, database, handles);
      opened = true;
      return instance;
    } catch (RocksDBException refusal) {
      throw RocksErrors.of(refusal, "RocksDB does not open " + directory);
    } finally {
      if (!opened) {
        natives.close();
      }
    }
  }

  /** RocksDB's files, as of its opening. */
  List<LiveFileMetaData> liveFiles() {
    return database.getLiveFilesMetaData();
  }

  /** What the files of a family say of themselves, by file; those that cannot be read left out. */
  Map<String, TableProperties> tableProperties(Family family) {
    try {
      return database.getPropertiesOfAllTables(handle(family));
    } catch (RocksDBException unreadable) {
      return Map.of();
    }
  }

  private ColumnFamilyHandle handle(Family family) {
    return handles[family.ordinal()];
  }

  /**
   * Reads the value of the key in {@code scratch.key} into {@code scratch.value}.
   *
   * @return its length, or {@link RocksDB#NOT_FOUND}
   */
  int get(Family family, Scratch scratch, int keyLength) {
    try {
      while (true) {
        byte[] value = scratch.value;
        int length =
            database.get(
                handle(family), ordered, scratch.key, 0, keyLength, value, 0, value.length);
        if (length <= value.length) {
          return length;
        }
        scratch.valueWithRoom(length);
      }
    } catch (RocksDBException failure) {
      throw failed("reading a key", failure);
    }
  }

  /** The first eight bytes of a value, or {@code absent}. The key is in {@code scratch.key}. */
  long header(Family family, Scratch scratch, int keyLength, long absent) {
    try {
      int length =
          database.get(
              handle(family), ordered, scratch.key, 0, keyLength, scratch.value, 0, Header.BYTES);
      return length == RocksDB.NOT_FOUND ? absent : scratch.header();
    } catch (RocksDBException failure) {
      throw failed("reading a key", failure);
    }
  }

  /** A copy of the value, or null. */
  byte[] get(Family family, byte[] key) {
    try {
      return database.get(handle(family), ordered, key);
    } catch (RocksDBException failure) {
      throw failed("reading a key", failure);
    }
  }

  /** Applies all of it at once, not durably. */
  void write(BatchBuffer buffer) {
    if (buffer.isEmpty()) {
      return;
    }
    try (WriteBatch batch = new WriteBatch(buffer.toArray())) {
      database.write(unlogged, batch);
    } catch (RocksDBException failure) {
      throw failed("writing", failure);
    }
  }

  /** Begins a {@link #flush}; its failure shows in a later one. */
  void flushSoon() {
    try {
      database.flush(flushSoon, List.of(handles));
    } catch (RocksDBException failure) {
      throw failed("flushing", failure);
    }
  }

  /** Makes everything that was written before the call durable. */
  void flush() {
    try {
      database.flush(flush, List.of(handles));
    } catch (RocksDBException failure) {
      throw failed("flushing", failure);
    }
  }

  /** Over all keys of a family, as of now. */
  OpenIterator iterate(Family family) {
    return opened(database.newIterator(handle(family), ordered));
  }

  /** Over the keys whose first bytes, those of the prefix extractor, are those sought. */
  OpenIterator iterateByPrefix(Family family) {
    return opened(database.newIterator(handle(family), byPrefix));
  }

  /** Over the keys below {@code end}: those above are not looked at, not even deleted ones. */
  OpenIterator iterateBelow(Family family, byte[] end) {
    Slice bound = new Slice(end);
    ReadOptions bounded = new ReadOptions().setTotalOrderSeek(true).setIterateUpperBound(bound);
    return opened(database.newIterator(handle(family), bounded), bounded, bound);
  }

  private OpenIterator opened(RocksIterator iterator, AbstractNativeReference... others) {
    OpenIterator open = new OpenIterator(this, iterator, others);
    iterators.add(open);
    return open;
  }

  void closed(OpenIterator iterator) {
    iterators.remove(iterator);
  }

  /** A state of all families that stays while it is open. */
  View view() {
    return new View(database.getSnapshot());
  }

  /** Calls {@code action} with key and value of each record that begins with {@code prefix}. */
  void forEachRecord(byte[] prefix, BiConsumer<byte[], byte[]> action) {
    try (OpenIterator records = iterate(Family.RECORDS)) {
      for (boolean is = records.seek(prefix); is; is = records.next()) {
        byte[] key = records.key();
        if (!startsWith(key, prefix)) {
          return;
        }
        action.accept(key, records.value());
      }
    }
  }

  static boolean startsWith(byte[] key, byte[] prefix) {
    return key.length >= prefix.length
        && Arrays.equals(key, 0, prefix.length, prefix, 0, prefix.length);
  }

  DistDbException failed(String doing, RocksDBException failure) {
    DistDbException error = RocksErrors.of(failure, doing + " in " + directory);
    if (error.code() == ErrorCode.DISK_FULL) {
      reserve.giveUp();
    }
    return error;
  }

  /** Memory that the cache accounts for: blocks, indexes, filters, write buffers. */
  long memoryBytes() {
    return options.cache.getUsage();
  }

  /** Sum of a property over all families, as RocksDB names it; 0 when it has none. */
  long property(String name) {
    try {
      return database.getAggregatedLongProperty(name);
    } catch (RocksDBException unknown) {
      return 0;
    }
  }

  /** A property that RocksDB gives as text; empty when it has none. */
  String text(Family family, String name) {
    try {
      String text = database.getProperty(handle(family), name);
      return text == null ? "" : text;
    } catch (RocksDBException unknown) {
      return "";
    }
  }

  /** Table files of a level, of all families. */
  long filesAtLevel(int level) {
    long files = 0;
    for (Family family : Family.values()) {
      String count = text(family, "rocksdb.num-files-at-level" + level);
      files += count.isEmpty() ? 0 : Long.parseLong(count);
    }
    return files;
  }

  InstanceOptions options() {
    return options;
  }

  Reserve reserve() {
    return reserve;
  }

  Path directory() {
    return directory;
  }

  /** Waits for calls that are under way, then closes everything. May be called twice. */
  void close(Scheduler scheduler) {
    if (gate.close(scheduler)) {
      iterators.forEach(OpenIterator::release);
      natives.close();
    }
  }

  @Override
  public void close() {
    close(Scheduler.threads());
  }

  /** A state of all families, to be read from one thread. */
  final class View implements AutoCloseable {
    private final Snapshot snapshot;
    private final ReadOptions reading;

    View(Snapshot snapshot) {
      this.snapshot = Natives.counted(snapshot);
      this.reading =
          Natives.counted(new ReadOptions())
              .setTotalOrderSeek(true)
              .setFillCache(false)
              .setSnapshot(snapshot);
    }

    OpenIterator iterate(Family family) {
      return opened(database.newIterator(handle(family), reading));
    }

    byte[] get(Family family, byte[] key) {
      try {
        return database.get(handle(family), reading, key);
      } catch (RocksDBException failure) {
        throw failed("reading a key", failure);
      }
    }

    @Override
    public void close() {
      Natives.released(reading);
      database.releaseSnapshot(snapshot);
      Natives.released(snapshot);
    }
  }
}

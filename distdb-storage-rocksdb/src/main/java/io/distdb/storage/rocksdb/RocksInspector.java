// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.ContentReport;
import io.distdb.api.inspect.ContentSource;
import io.distdb.api.inspect.Damage;
import io.distdb.api.inspect.FileGroup;
import io.distdb.api.inspect.IndexReport;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageInspector;
import io.distdb.api.time.Scheduler;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.rocksdb.LiveFileMetaData;
import org.rocksdb.Options;
import org.rocksdb.RocksDBException;
import org.rocksdb.SstFileReader;
import org.rocksdb.TableProperties;

/** A RocksDB that is open to be read alone. */
final class RocksInspector implements StorageInspector {
  private final Instance instance;
  private final Scheduler scheduler;
  private final Journal.Progress progress;
  private final List<LiveFileMetaData> files;
  private final List<ContentSource> contents = new ArrayList<>();

  private RocksInspector(Instance instance, Scheduler scheduler, Journal.Progress progress) {
    this.instance = instance;
    this.scheduler = scheduler;
    this.progress = progress;
    files = instance.liveFiles();
  }

  /**
   * Opens what is there.
   *
   * @param damages hears why it cannot be opened, and of files that are missing
   * @return empty when it cannot be opened
   */
  static Optional<StorageInspector> open(
      Path directory,
      RocksOptions options,
      Scheduler scheduler,
      Journal.Progress progress,
      Consumer<Damage> damages) {
    if (!Files.isDirectory(directory)) {
      return Optional.empty();
    }
    Instance instance;
    try {
      instance = Instance.openToRead(directory, options);
    } catch (DistDbException refused) {
      if (refused.code() == ErrorCode.CONFIGURATION_ERROR) {
        throw refused;
      }
      damages.accept(RocksDamage.of(refused, directory.resolve("CURRENT").toString()));
      return Optional.empty();
    }
    boolean opened = false;
    try {
      instance.gate.enter();
      RocksInspector inspector = new RocksInspector(instance, scheduler, progress);
      inspector.load(damages);
      opened = true;
      return Optional.of(inspector);
    } finally {
      if (!opened) {
        instance.gate.leave();
        instance.close(scheduler);
      }
    }
  }

  private void load(Consumer<Damage> damages) {
    long bytes = 0;
    for (LiveFileMetaData file : files) {
      bytes += file.size();
      if (!Files.exists(path(file))) {
        damages.accept(
            Damage.of(
                path(file).toString(),
                Damage.Kind.MISSING_FILE,
                "the manifest names the file, with " + file.numEntries() + " entries"));
      }
    }
    try {
      RocksDirectory.requireFormat(instance);
    } catch (DistDbException refused) {
      damages.accept(RocksDamage.of(refused, instance.directory().toString()));
      if (refused.code() == ErrorCode.INCOMPATIBLE_FORMAT) {
        return;
      }
    }
    Consumer<DistDbException> told =
        damage -> damages.accept(RocksDamage.of(damage, instance.directory().toString()));
    byte[] prefix = Records.STORE_PREFIX;
    try (StoredEntries records = new SalvagedEntries(instance.iterate(Family.RECORDS), told)) {
      for (boolean is = records.seek(prefix); is; is = records.next()) {
        byte[] key = records.key();
        if (!Instance.startsWith(key, prefix)) {
          return;
        }
        contents.add(
            new RocksContent(
                instance, Records.shardOf(key), Records.StoreRecord.of(records.value()), bytes));
      }
    }
  }

  private static Path path(LiveFileMetaData file) {
    String name = file.fileName();
    return Path.of(file.path(), name.startsWith("/") ? name.substring(1) : name);
  }

  @Override
  public List<FileGroup> groups() {
    List<FileGroup> groups = new ArrayList<>();
    for (Family family : Family.values()) {
      TreeMap<Integer, FileGroup.Level> levels = new TreeMap<>();
      for (LiveFileMetaData file : files) {
        if (Arrays.equals(file.columnFamilyName(), family.nameBytes())) {
          levels.merge(
              file.level(),
              new FileGroup.Level(file.level(), 1, file.size()),
              (one, more) ->
                  new FileGroup.Level(
                      one.number(), one.files() + more.files(), one.bytes() + more.bytes()));
        }
      }
      groups.add(
          new FileGroup(
              new String(family.nameBytes(), StandardCharsets.UTF_8),
              List.copyOf(levels.values()),
              properties(instance.tableProperties(family))));
    }
    return groups;
  }

  private static Map<String, Long> properties(Map<String, TableProperties> files) {
    Map<String, Long> sums = new TreeMap<>();
    for (TableProperties file : files.values()) {
      sums.merge("num-entries", file.getNumEntries(), Long::sum);
      sums.merge("num-deletions", file.getNumDeletions(), Long::sum);
      sums.merge("num-data-blocks", file.getNumDataBlocks(), Long::sum);
      sums.merge("data-size", file.getDataSize(), Long::sum);
      sums.merge("index-size", file.getIndexSize(), Long::sum);
      sums.merge("filter-size", file.getFilterSize(), Long::sum);
      sums.merge("raw-key-size", file.getRawKeySize(), Long::sum);
      sums.merge("raw-value-size", file.getRawValueSize(), Long::sum);
    }
    return sums;
  }

  @Override
  public List<ContentSource> contents() {
    return List.copyOf(contents);
  }

  @Override
  public ContentReport books(ContentSource content) {
    RocksContent of = (RocksContent) content;
    List<IndexReport> indexes = new ArrayList<>();
    for (Records.IndexRecord index : of.indexes(damage -> {})) {
      IndexCounters counters = of.counters(index);
      long entries = counters == null ? 0 : counters.entries();
      indexes.add(
          new IndexReport(
              index.id(),
              index.kind(),
              entries,
              entries + (counters == null ? 0 : counters.history()),
              counters == null ? 0 : counters.bytes(),
              false));
    }
    long raw = 0;
    for (Family family : Family.values()) {
      Map<String, Long> sums = properties(instance.tableProperties(family));
      raw += sums.getOrDefault("raw-key-size", 0L) + sums.getOrDefault("raw-value-size", 0L);
    }
    return new ContentReport(
        of.name(),
        of.shard(),
        true,
        Optional.of(of.store().applied()),
        of.bytes(),
        raw,
        of.booked(),
        Optional.empty(),
        indexes,
        true,
        List.of());
  }

  @Override
  public void verify(Consumer<Damage> damages) {
    long total = files.stream().mapToLong(LiveFileMetaData::size).sum();
    long done = 0;
    for (LiveFileMetaData file : files) {
      Path path = path(file);
      if (Files.exists(path)) {
        verify(path, damages);
      }
      done += file.size();
      progress.at(done, total);
    }
  }

  private static void verify(Path path, Consumer<Damage> damages) {
    try (Options options = new Options();
        SstFileReader reader = new SstFileReader(options)) {
      reader.open(path.toString());
      reader.verifyChecksum();
    } catch (RocksDBException damage) {
      damages.accept(RocksDamage.of(RocksErrors.of(damage, "checking " + path), path.toString()));
    }
  }

  @Override
  public void close() {
    instance.gate.leave();
    instance.close(scheduler);
  }
}

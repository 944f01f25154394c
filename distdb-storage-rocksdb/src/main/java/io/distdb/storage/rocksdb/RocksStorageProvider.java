// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.disk.Disk;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.inspect.Damage;
import io.distdb.api.provider.StorageInspector;
import io.distdb.api.provider.StorageProvider;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.ExportFormat;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.time.Scheduler;
import java.nio.file.Path;
import java.util.Optional;
import java.util.ServiceLoader;
import java.util.function.Consumer;

/** {@code storage: rocksdb}. */
public final class RocksStorageProvider implements StorageProvider {
  public static final String NAME = "rocksdb";

  /** Does nothing: RocksDB is loaded when an engine is opened. */
  public RocksStorageProvider() {}

  @Override
  public String name() {
    return NAME;
  }

  /** Unpacks and loads the native library, which takes a tenth of a second. */
  @Override
  public void prepare(Scheduler scheduler) {
    NativeLibrary.loadAhead(scheduler);
  }

  @Override
  public StorageEngine open(StorageResources resources) {
    return RocksStorageEngine.open(
        directory(resources),
        RocksOptions.ofBudget(resources.memoryBytes())
            .withCompression(resources.compression())
            .withLimits(resources.limits()),
        exportFormat(),
        resources.scheduler(),
        resources.clock());
  }

  @Override
  public Optional<StorageInspector> inspect(StorageResources resources, Consumer<Damage> damages) {
    return RocksInspector.open(
        directory(resources),
        RocksOptions.ofBudget(resources.memoryBytes()),
        resources.scheduler(),
        resources.progress(),
        damages);
  }

  private static Path directory(StorageResources resources) {
    Disk disk =
        resources
            .disk()
            .orElseThrow(() ->
                new DistDbException(
                        ErrorCode.CONFIGURATION_ERROR,
                        "storage: rocksdb needs a data directory, and none is given")
                    .withHint("Set data_dir, or set storage to memory."));
    return disk.localPath()
        .orElseThrow(() ->
            new DistDbException(
                ErrorCode.FEATURE_NOT_SUPPORTED,
                "RocksDB opens files by itself: " + disk.location() + " is not in a file system"));
  }

  private static ExportFormat exportFormat() {
    return ServiceLoader.load(ExportFormat.class, RocksStorageProvider.class.getClassLoader())
        .findFirst()
        .orElseThrow(() ->
            new DistDbException(
                    ErrorCode.CONFIGURATION_ERROR,
                    "no export format is on the class path, which every storage engine needs")
                .withHint("Add the artifact io.distdb:distdb-storage-memory."));
  }
}

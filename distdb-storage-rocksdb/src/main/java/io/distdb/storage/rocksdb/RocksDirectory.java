// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Tells an engine's directory from others, before and after RocksDB has opened it. */
final class RocksDirectory {
  static final int FORMAT = 1;

  /** What RocksDB may have left of a creation that a crash ended. */
  private static final Pattern ROCKSDB_FILE =
      Pattern.compile(
          "LOG.*|LOCK|IDENTITY|CURRENT|MANIFEST-.*|reserve|OPTIONS-.*|.*\\.(sst|log|dbtmp|trash)");

  /** Names the newest manifest, which names the data files. */
  private static final String CURRENT = "CURRENT";

  private static final Pattern MEMORY_ENGINE = Pattern.compile("shard-[0-9]+");

  private RocksDirectory() {}

  /**
   * Makes the directory when it is missing.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}: something else is in it
   */
  static void prepare(Path directory) {
    List<String> names;
    try {
      Files.createDirectories(directory);
      try (Stream<Path> files = Files.list(directory)) {
        names = files.map(file -> file.getFileName().toString()).sorted().toList();
      }
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR,
          "the directory " + directory + " cannot be used: " + failure.getMessage(),
          failure);
    }
    requireCurrent(directory, names);
    for (String name : names) {
      if (MEMORY_ENGINE.matcher(name).matches()) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the directory " + directory + " is the in-memory engine's: it has " + name)
            .withHint("Open it with storage: memory, or name another directory.");
      }
      if (!ROCKSDB_FILE.matcher(name).matches()) {
        throw new DistDbException(
                ErrorCode.INCOMPATIBLE_FORMAT,
                "the directory " + directory + " is not the RocksDB engine's: it has " + name)
            .withHint("Name an empty directory, or one that the engine made.");
      }
    }
  }

  /** RocksDB would take a directory without it for a new one, and delete the rest. */
  private static void requireCurrent(Path directory, List<String> names) {
    if (!names.contains(CURRENT) && names.stream().anyMatch(name -> name.endsWith(".sst"))) {
      throw new DistDbException(
              ErrorCode.DATA_CORRUPTED,
              "the file " + directory.resolve(CURRENT) + " is missing, and there is data beside it")
          .withHint("Restore the directory from a backup. Nothing was changed.");
    }
  }

  /**
   * Writes the format of a new instance, or checks that of an old one.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}
   */
  static void checkFormat(Instance instance) {
    byte[] stored = instance.get(Family.RECORDS, Records.FORMAT_KEY);
    if (stored == null) {
      requireEmpty(instance);
      BatchBuffer buffer = new BatchBuffer();
      buffer.put(Family.RECORDS, Records.FORMAT_KEY, ByteBuffer.allocate(4).putInt(FORMAT).array());
      instance.write(buffer);
      return;
    }
    requireKnown(instance, stored);
  }

  /**
   * As {@link #checkFormat}, of an instance that is only read. One that was not flushed yet has
   * neither a format nor anything else on the disk: what belongs into it is in the journal.
   *
   * @throws DistDbException {@code INCOMPATIBLE_FORMAT}
   */
  static void requireFormat(Instance instance) {
    byte[] stored = instance.get(Family.RECORDS, Records.FORMAT_KEY);
    if (stored == null) {
      requireEmpty(instance);
    } else {
      requireKnown(instance, stored);
    }
  }

  private static void requireKnown(Instance instance, byte[] stored) {
    int format = stored.length == Integer.BYTES ? ByteBuffer.wrap(stored).getInt() : -1;
    if (format != FORMAT) {
      throw new DistDbException(
              ErrorCode.INCOMPATIBLE_FORMAT,
              "the directory "
                  + instance.directory()
                  + " has format "
                  + format
                  + " of the RocksDB engine, this DistDB knows format "
                  + FORMAT)
          .withHint("Open it with the DistDB that wrote it, or a newer one.");
    }
  }

  private static void requireEmpty(Instance instance) {
    instance.forEachRecord(
        new byte[0],
        (key, value) -> {
          throw new DistDbException(
                  ErrorCode.INCOMPATIBLE_FORMAT,
                  "the RocksDB in " + instance.directory() + " was not made by DistDB")
              .withHint("Name an empty directory, or one that the engine made.");
        });
  }
}

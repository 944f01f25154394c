// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.node.config.Config;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** {@code --config}, {@code --data} and {@code --storage}, a mixin. */
final class StorageOptions {
  @Mixin private ConfigOption file;

  @Option(
      names = "--data",
      paramLabel = "DIR",
      description = "The data directory (also: DISTDB_DATA_DIR). Made when missing.")
  private String data;

  @Option(
      names = "--storage",
      paramLabel = "NAME",
      description =
          "The storage engine (also: DISTDB_STORAGE): memory, or rocksdb when it is there.")
  private String storage;

  /** Whether any of them is. */
  boolean areGiven() {
    return file.isGiven() || data != null || storage != null;
  }

  /**
   * What the file, the environment and the options say.
   *
   * @param inMemory whatever else is said
   */
  Config read(boolean inMemory) {
    return read(inMemory, Map.of());
  }

  /**
   * As above.
   *
   * @param further what other options say, by key of the settings
   */
  Config read(boolean inMemory, Map<String, String> further) {
    Map<String, String> options = new LinkedHashMap<>(further);
    if (storage != null) {
      options.put("storage", storage);
    }
    if (inMemory) {
      options.put("data_dir", "");
      options.put("wal_dir", "");
    } else if (data != null) {
      options.put("data_dir", data);
    }
    return file.read(options);
  }
}

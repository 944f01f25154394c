// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.node.config.Config;
import java.util.Map;
import java.util.Optional;

/** The memory of a command that takes its directories from its options alone. */
final class ToolMemory {
  private ToolMemory() {}

  /**
   * {@code memory_budget} of the environment, in bytes. Directories that the environment names are
   * those of the database in daily use: they are passed over.
   *
   * @throws DistDbException {@code CONFIGURATION_ERROR}
   */
  static long bytes(String data, Map<String, String> environment) {
    Map<String, String> options = Map.of("data_dir", data, "wal_dir", "", "archive_dir", "");
    return Config.read(Optional.empty(), environment, options).memoryBudgetBytes();
  }
}

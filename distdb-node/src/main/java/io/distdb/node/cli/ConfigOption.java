// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.node.config.Config;
import io.distdb.node.directory.DirectoryDescription;
import io.distdb.node.wiring.Surroundings;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import picocli.CommandLine.Option;

/** {@code --config}, a mixin. */
final class ConfigOption {
  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "Settings in YAML; environment variables and options override them.")
  private Path file;

  boolean isGiven() {
    return file != null;
  }

  /**
   * What the file, the environment and the options say.
   *
   * @param options values by key of the settings
   */
  Config read(Map<String, String> options) {
    return Config.read(Optional.ofNullable(file), System.getenv(), options);
  }

  /** Of a directory that is there: engine and journal are what it says that they are. */
  Config ofDirectory(String data) {
    DirectoryDescription found = DirectoryDescription.of(Surroundings.place(data));
    Map<String, String> options = new LinkedHashMap<>();
    options.put("data_dir", data);
    options.put("storage", found.engine());
    options.put("wal_dir", found.journal().orElse(""));
    return read(options);
  }
}

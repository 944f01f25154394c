// SPDX-License-Identifier: MIT
package io.distdb.api.inspect;

import java.util.List;
import java.util.Map;

/**
 * Files that belong together: a column family of RocksDB.
 *
 * @param levels by number, those without files left out
 * @param properties what the engine says of itself, by its own names
 */
public record FileGroup(String name, List<Level> levels, Map<String, Long> properties) {
  /** Files of one level of a log-structured merge tree. */
  public record Level(int number, int files, long bytes) {}

  public FileGroup {
    levels = List.copyOf(levels);
    properties = Map.copyOf(properties);
  }

  public int files() {
    return levels.stream().mapToInt(Level::files).sum();
  }

  public long bytes() {
    return levels.stream().mapToLong(Level::bytes).sum();
  }
}

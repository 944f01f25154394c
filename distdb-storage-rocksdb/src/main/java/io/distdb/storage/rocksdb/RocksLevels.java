// SPDX-License-Identifier: MIT
package io.distdb.storage.rocksdb;

import io.distdb.api.metrics.Metric;
import java.util.List;

/**
 * How the table files are spread over RocksDB's levels, all families together. Level 0 holds what
 * was flushed, each file over all keys: a read may have to look at every one of them, and writers
 * are held up when they become many. Lower levels are sorted runs, each several times the one
 * above.
 */
final class RocksLevels {
  private static final int LEVELS = 7;

  private RocksLevels() {}

  static void addTo(List<Metric> metrics, Instance instance) {
    for (int level = 0; level < LEVELS; level++) {
      int of = level;
      metrics.add(
          Metric.gauge(
              "rocksdb.level" + level + "_files",
              "files",
              "Table files of level " + level + ".",
              RocksMetrics.inside(instance, () -> instance.filesAtLevel(of))));
      metrics.add(
          Metric.gauge(
              "rocksdb.level" + level + "_size",
              "bytes",
              "What the table files of level " + level + " take, in whole mebibytes.",
              RocksMetrics.inside(instance, () -> sizeAtLevel(instance, of))));
    }
  }

  /** Sums a column of RocksDB's table of levels: level, files, mebibytes. */
  private static long sizeAtLevel(Instance instance, int level) {
    long mebibytes = 0;
    for (Family family : Family.values()) {
      for (String line : instance.text(family, "rocksdb.levelstats").split("\n")) {
        String[] columns = line.trim().split(" +");
        if (columns.length == 3 && columns[0].equals(Integer.toString(level))) {
          mebibytes += Long.parseLong(columns[2]);
        }
      }
    }
    return mebibytes << 20;
  }
}

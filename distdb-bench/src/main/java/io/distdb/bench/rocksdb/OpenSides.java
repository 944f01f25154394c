// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.bench.client.Child;
import io.distdb.bench.rocksdb.Measured.Case;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Directories whose process was killed once they had all rows, and how long a fresh JVM takes from
 * {@code open} to its first answer.
 */
final class OpenSides {
  private static final List<String> FLAGS = List.of("-Xmx4g", "-XX:+UseParallelGC");

  private final Path directory;
  private final long rows;
  private final List<Side> sides = new ArrayList<>();

  /**
   * @param shared whether the JVM has an archive of the classes, as {@code ./distdb} has
   */
  private record Side(Case what, String task, String name, boolean shared) {}

  /** Hears what a side took. */
  interface Listener {
    void seconds(Case what, String side, double seconds);
  }

  OpenSides(Path directory, long rows, Set<Case> wanted) throws Exception {
    this.directory = directory;
    this.rows = rows;
    if (wanted.contains(Case.OPEN)) {
      sides.add(new Side(Case.OPEN, "sqlite", "SQLite", false));
      sides.add(new Side(Case.OPEN, "rocksdb", "DistDB on RocksDB", false));
      sides.add(new Side(Case.OPEN, "rocksdb", "DistDB on RocksDB, classes shared", true));
    }
    if (wanted.contains(Case.OPEN_MEMORY)) {
      sides.add(new Side(Case.OPEN_MEMORY, "memory", "DistDB in memory", false));
      sides.add(new Side(Case.OPEN_MEMORY, "memory", "DistDB in memory, classes shared", true));
    }
    for (String task : sides.stream().map(Side::task).distinct().toList()) {
      Files.createDirectories(directory.resolve("open-" + task));
      try (Child loader = child("load", task, false)) {
        loader.answer();
        loader.kill();
      }
    }
  }

  /** Opens each once. The first call writes the archives of classes. */
  void round(Listener listener) throws Exception {
    for (Side side : sides) {
      try (Child opener = child("open", side.task, side.shared)) {
        listener.seconds(side.what, side.name, Long.parseLong(opener.answer()) / 1e9);
      }
    }
  }

  private Child child(String what, String task, boolean shared) throws Exception {
    List<String> flags = new ArrayList<>(FLAGS);
    if (shared) {
      Path archive = directory.resolve(task + ".jsa");
      flags.add("-XX:SharedArchiveFile=" + archive);
      flags.addAll(List.of("-XX:+AutoCreateSharedArchive", "-Xlog:cds=off", "-Xlog:aot=off"));
      flags.add("-Xlog:cds+dynamic=off");
    }
    return Child.start(
        task + " " + what,
        flags,
        OpenTask.class,
        what,
        task,
        directory.resolve("open-" + task).toString(),
        Long.toString(rows));
  }
}

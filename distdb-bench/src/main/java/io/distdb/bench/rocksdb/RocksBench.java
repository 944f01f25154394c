// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Both sides in one process, in turns: each round measures every case on every side for the same
 * time. The engine's get, 100-entry range, forced batch and load beside rocksdbjni's own; SQL by
 * key beside SQLite on a file.
 */
public final class RocksBench {
  private static final int SCANNED = 100;
  private static final int BATCH = 100;
  private static final long MEMORY_BYTES = 512L << 20;

  private final PrintStream out;
  private final long rows;
  private final int rounds;
  private final long millis;
  private final Map<String, Map<String, List<Double>>> figures = new LinkedHashMap<>();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<KeyValueSide, Long> written = new LinkedHashMap<>();
  private long sink;

  public RocksBench(PrintStream out, long rows, int rounds, long millis) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.millis = millis;
  }

  /** One call of a case. */
  private interface Call {
    long run() throws Exception;
  }

  public void run() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "rocks-bench-");
    try {
      engines(directory);
      sql(directory);
      print();
    } finally {
      delete(directory);
    }
  }

  private void engines(Path directory) throws Exception {
    for (int round = 0; round <= rounds; round++) {
      Path place = Files.createDirectories(directory.resolve("round-" + round));
      Files.createDirectories(place.resolve("bare"));
      try (KeyValueSide bare = new BareSide(place.resolve("bare"), MEMORY_BYTES);
          KeyValueSide engine = new EngineSide(place.resolve("engine"), MEMORY_BYTES)) {
        // Each goes first every other time; round 0 warms up.
        List<KeyValueSide> sides = round % 2 == 0 ? List.of(bare, engine) : List.of(engine, bare);
        engineRound(sides, round > 0);
      }
      delete(place);
    }
  }

  private void engineRound(List<KeyValueSide> sides, boolean counts) throws Exception {
    for (KeyValueSide side : sides) {
      long begin = System.nanoTime();
      side.load(rows);
      add(counts, "load, rows/s", side.name(), rows * 1e9 / (System.nanoTime() - begin));
      written.put(side, rows);
    }
    for (KeyValueSide side : sides) {
      add(counts, "get", side.name(), perSecond(() -> side.get(random.nextLong(rows))));
    }
    for (KeyValueSide side : sides) {
      add(
          counts,
          "range of 100",
          side.name(),
          perSecond(() -> side.scan(random.nextLong(rows - SCANNED), SCANNED)));
    }
    for (KeyValueSide side : sides) {
      add(counts, "batch of 100, forced", side.name(), perSecond(() -> writeNext(side)));
    }
    written.clear();
  }

  private long writeNext(KeyValueSide side) throws Exception {
    long from = written.get(side);
    side.writeForced(from, BATCH);
    written.put(side, from + BATCH);
    return BATCH;
  }

  private void sql(Path directory) throws Exception {
    try (SqlSide distDb = SqlSide.distDb(directory.resolve("distdb"));
        SqlSide sqlite = SqlSide.sqlite(directory.resolve("sqlite"))) {
      List<SqlSide> sides = List.of(sqlite, distDb);
      for (SqlSide side : sides) {
        side.load(rows);
      }
      for (int round = 0; round <= rounds; round++) {
        for (SqlSide side : sides) {
          add(
              round > 0,
              "SELECT by key",
              side.name(),
              perSecond(() -> side.select(random.nextLong(rows))));
        }
      }
    }
    bytes(directory, "distdb", "DistDB on RocksDB");
    bytes(directory, "sqlite", "SQLite");
  }

  private void bytes(Path directory, String name, String side) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = directory.relativize(file).toString();
        // The journal has a fixed size, and is not data that is kept.
        if (path.startsWith(name) && !path.contains("journal")) {
          bytes += Files.size(file);
        }
      }
    }
    add(true, "bytes on disk per row", side, (double) bytes / rows);
  }

  private double perSecond(Call call) throws Exception {
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    long calls = 0;
    long now = begin;
    while (now < end) {
      for (int i = 0; i < 16; i++) {
        sink += call.run();
      }
      calls += 16;
      now = System.nanoTime();
    }
    return calls * 1e9 / (now - begin);
  }

  private void add(boolean counts, String what, String side, double value) {
    if (counts) {
      figures
          .computeIfAbsent(what, key -> new LinkedHashMap<>())
          .computeIfAbsent(side, key -> new ArrayList<>())
          .add(value);
    }
  }

  private void print() {
    out.println("| case | side | median /s | min | max | to the other |");
    out.println("|---|---|---:|---:|---:|---:|");
    figures.forEach((what, sides) ->
        sides.forEach((side, values) -> {
          double median = median(values);
          double other =
              sides.entrySet().stream()
                  .filter(entry -> !entry.getKey().equals(side))
                  .mapToDouble(entry -> median(entry.getValue()))
                  .findFirst()
                  .orElse(median);
          out.printf(
              Locale.ROOT,
              "| %s | %s | %,.0f | %,.0f | %,.0f | %s |%n",
              what,
              side,
              median,
              Collections.min(values),
              Collections.max(values),
              side.startsWith("DistDB")
                  ? String.format(Locale.ROOT, "**%.2fx**", median / other)
                  : "");
        }));
    out.println("<!-- " + sink + " -->");
  }

  private static double median(List<Double> values) {
    List<Double> sorted = new ArrayList<>(values);
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  private static void delete(Path directory) throws IOException {
    List<Path> deepestFirst;
    try (Stream<Path> files = Files.walk(directory)) {
      deepestFirst = files.sorted(Comparator.reverseOrder()).toList();
    }
    for (Path file : deepestFirst) {
      Files.delete(file);
    }
  }
}

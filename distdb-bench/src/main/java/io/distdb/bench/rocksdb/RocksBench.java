// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.bench.rocksdb.Measured.Case;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.EnumSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.stream.Stream;

/**
 * Everything in one run: each round measures every case on every side, in turns and for the same
 * time; round 0 warms up. The engine's get, 100-entry range, forced batch and load beside
 * rocksdbjni's own; durable INSERT of 64 threads beside rocksdbjni's synced puts; SQL by key and
 * bytes on disk beside SQLite on a file; opening, each time a fresh JVM.
 */
public final class RocksBench {
  private static final int SCANNED = 100;
  private static final int BATCH = 100;
  private static final int THREADS = 64;
  private static final int BACKUP_THREADS = 16;

  /** A backup takes a second or two: its beginning and end are to be met too. */
  private static final int BACKUP_TIMES = 3;

  private static final long MEMORY_BYTES = 512L << 20;

  private final PrintStream out;
  private final long rows;
  private final int rounds;
  private final long millis;
  private final Set<Case> cases;
  private final Measured measured = new Measured();
  private final SplittableRandom random = new SplittableRandom(7);
  private final Map<KeyValueSide, Long> written = new LinkedHashMap<>();
  private int round;
  private long sink;

  /**
   * @param names of cases, in lower case; none: all
   */
  public RocksBench(PrintStream out, long rows, int rounds, long millis, List<String> names) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
    this.millis = millis;
    cases = names.isEmpty() ? EnumSet.allOf(Case.class) : EnumSet.noneOf(Case.class);
    names.forEach(name -> cases.add(Case.valueOf(name.toUpperCase(Locale.ROOT))));
  }

  /** One call of a case. */
  private interface Call {
    long run() throws Exception;
  }

  public void run() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), ".bench-rocks-");
    try {
      rounds(directory);
      measured.print(out);
      out.println("<!-- " + sink + " -->");
    } finally {
      delete(directory);
    }
  }

  private void rounds(Path directory) throws Exception {
    OpenSides openings = new OpenSides(directory, rows, cases);
    Config config =
        Config.builder()
            .directory(directory.resolve("distdb"))
            .storage("rocksdb")
            .memoryBudgetBytes(MEMORY_BYTES)
            .build();
    try (DistDbSide distDb = new DistDbSide(config);
        SqlSide sqlite = new SqliteSide(directory.resolve("sqlite"))) {
      List<SqlSide> sides = List.of(sqlite, distDb);
      if (wants(Case.SELECT, Case.BYTES, Case.BACKUP)) {
        for (SqlSide side : sides) {
          side.load(rows);
        }
        bytes(directory, "distdb", distDb.name());
        bytes(directory, "sqlite", sqlite.name());
      }
      for (round = 0; round <= rounds; round++) {
        engines(directory.resolve("round-" + round), distDb);
        for (SqlSide side : inTurn(sides)) {
          measure(Case.SELECT, side.name(), () -> side.select(random.nextLong(rows)));
        }
        backups(Files.createDirectories(directory.resolve("backups-" + round)), distDb);
        openings.round(round == 0 ? (what, side, seconds) -> {} : measured::add);
      }
    }
  }

  private boolean wants(Case... some) {
    return Stream.of(some).anyMatch(cases::contains);
  }

  /** Each goes first every other time. */
  private <T> List<T> inTurn(List<T> two) {
    return round % 2 == 0 ? two : two.reversed();
  }

  private void engines(Path place, DistDbSide distDb) throws Exception {
    if (!wants(Case.LOAD, Case.GET, Case.RANGE, Case.FORCED, Case.COMMITS)) {
      return;
    }
    Files.createDirectories(place.resolve("bare"));
    try (BareSide bare = new BareSide(place.resolve("bare"), MEMORY_BYTES);
        KeyValueSide engine = new EngineSide(place.resolve("engine"), MEMORY_BYTES)) {
      List<KeyValueSide> sides = inTurn(List.of(bare, engine));
      for (KeyValueSide side : sides) {
        long begin = System.nanoTime();
        side.load(rows);
        add(Case.LOAD, side.name(), rows * 1e9 / (System.nanoTime() - begin));
        written.put(side, rows);
      }
      for (KeyValueSide side : sides) {
        measure(Case.GET, side.name(), () -> side.get(random.nextLong(rows)));
      }
      for (KeyValueSide side : sides) {
        measure(Case.RANGE, side.name(), () -> side.scan(random.nextLong(rows - SCANNED), SCANNED));
      }
      for (KeyValueSide side : sides) {
        measure(Case.FORCED, side.name(), () -> writeNext(side));
      }
      written.clear();
      commits(bare, distDb);
    }
    delete(place);
  }

  private void commits(BareSide bare, DistDbSide distDb) throws Exception {
    if (wants(Case.COMMITS)) {
      for (Writers.Side side : inTurn(List.of(bare, distDb))) {
        add(Case.COMMITS, side.name(), Writers.perSecond(side, THREADS, millis));
      }
    }
  }

  /** Writers by themselves, and while one backup follows the other. */
  private void backups(Path place, DistDbSide distDb) throws Exception {
    if (wants(Case.BACKUP)) {
      add(
          Case.BACKUP,
          "without backups",
          Writers.perSecond(distDb, BACKUP_THREADS, BACKUP_TIMES * millis));
      try (AutoCloseable backups = distDb.backups(place)) {
        add(
            Case.BACKUP,
            distDb.name(),
            Writers.perSecond(distDb, BACKUP_THREADS, BACKUP_TIMES * millis));
      }
    }
    delete(place);
  }

  private long writeNext(KeyValueSide side) throws Exception {
    long from = written.get(side);
    side.writeForced(from, BATCH);
    written.put(side, from + BATCH);
    return BATCH;
  }

  private void bytes(Path directory, String name, String side) throws IOException {
    long bytes = 0;
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.filter(Files::isRegularFile).toList()) {
        String path = directory.relativize(file).toString();
        // The journal has a fixed size, and is not data that is kept.
        if (path.startsWith(name) && !path.contains("journal") && !path.endsWith("-wal")) {
          bytes += Files.size(file);
        }
      }
    }
    if (wants(Case.BYTES)) {
      measured.add(Case.BYTES, side, (double) bytes / rows);
    }
  }

  private void measure(Case what, String side, Call call) throws Exception {
    if (!cases.contains(what)) {
      return;
    }
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
    add(what, side, calls * 1e9 / (now - begin));
  }

  private void add(Case what, String side, double value) {
    if (round > 0 && cases.contains(what)) {
      measured.add(what, side, value);
    }
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

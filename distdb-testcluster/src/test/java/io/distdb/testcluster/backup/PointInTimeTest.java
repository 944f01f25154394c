// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.error.DistDbException;
import io.distdb.api.txn.TimestampSource;
import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.SplittableRandom;
import java.util.TreeMap;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A small history, rows and definitions, whose content is written down after each commit. Then it
 * is restored from a full backup of its beginning and the archive of its log as of a moment between
 * every two neighbouring commits, and shows what was written down then.
 */
class PointInTimeTest {
  private static final int STEPS = Integer.getInteger("distdb.pitr.steps", 16);
  private static final long SEEDS = Long.getLong("distdb.seeds", 1);
  private static final int TABLES = 3;

  @TempDir private Path directory;

  /** What there was from a timestamp on, until the next one. */
  private final TreeMap<Long, TreeMap<String, List<String>>> states = new TreeMap<>();

  @ParameterizedTest
  @CsvSource({"memory, rocksdb", "rocksdb, memory"})
  void everyMomentBetweenTwoCommitsIsExact(String from, String to) {
    long first = Long.getLong("distdb.seed", 1);
    for (long seed = first; seed < first + SEEDS; seed++) {
      states.clear();
      Path place = directory.resolve("seed-" + seed);
      try {
        live(place, from, new SplittableRandom(seed));
        compareAll(place, to);
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError("seed " + seed + " (-Ddistdb.seed=" + seed + ")", failure);
      }
    }
  }

  private void live(Path place, String engine, SplittableRandom random) {
    Config config =
        Config.builder()
            .directory(place.resolve("data"))
            .storage(engine)
            .archiveDirectory(place.resolve("archive"))
            .archiveIntervalMillis(20)
            .journalSegmentBytes(1 << 12)
            .build();
    Surroundings surroundings = Surroundings.system(config);
    try (Node node = Node.start(config, surroundings);
        Client client = Client.of(node, surroundings)) {
      for (int i = 0; i < STEPS / 3; i++) {
        step(client, random);
      }
      client
          .query("BACKUP TO '" + place.resolve("full") + "'")
          .toList(row -> row.getLong("timestamp"));
      note(node, 1);
      for (int i = 0; i < STEPS; i++) {
        step(client, random);
        note(node, i);
        if (random.nextInt(6) == 0) {
          client.checkpoint();
        }
      }
      // One commit more, behind every moment that was noted.
      client.execute("CREATE TABLE the_end (id INTEGER PRIMARY KEY)");
    }
  }

  /** Of every other step the moment of its commit itself, and sometimes that just before it. */
  private void note(Node node, int step) {
    TimestampSource timestamps = node.transactions().timestamps();
    long now = step % 2 == 0 ? timestamps.current() : timestamps.next();
    if (step % 4 == 0 && now - 1 > states.lastKey()) {
      states.put(now - 1, states.lastEntry().getValue());
    }
    states.put(now, WholeContent.of(node.databases()));
  }

  /** Any statement; those that mean nothing now are refused, and commit nothing. */
  private static void step(Client client, SplittableRandom random) {
    String table = "t" + random.nextInt(TABLES);
    String statement =
        switch (random.nextInt(12)) {
          case 0, 1 -> "CREATE TABLE IF NOT EXISTS " + table + " (id INTEGER PRIMARY KEY, v TEXT)";
          case 2 -> "DROP TABLE IF EXISTS " + table;
          case 3 -> "CREATE INDEX IF NOT EXISTS " + table + "_v ON " + table + " (v)";
          case 4 -> "DROP INDEX IF EXISTS " + table + "_v";
          case 5 -> "ALTER TABLE " + table + " ADD COLUMN IF NOT EXISTS w INTEGER DEFAULT 7";
          case 6 -> "TRUNCATE " + table;
          case 7 -> "DELETE FROM " + table + " WHERE id % 3 = " + random.nextInt(3);
          case 8 -> "UPDATE " + table + " SET v = v || 'x' WHERE id % 2 = " + random.nextInt(2);
          default ->
              "INSERT INTO "
                  + table
                  + " (id, v) SELECT g, 'v' || g FROM generate_series("
                  + random.nextInt(20)
                  + ", 25) AS g ON CONFLICT (id) DO NOTHING";
        };
    try {
      client.execute(statement);
    } catch (DistDbException refused) {
      assertThat(refused.code().sqlState()).as(statement).isIn("42P01", "42704");
    }
  }

  private void compareAll(Path place, String engine) {
    RestoredCopy copies = new RestoredCopy(place, engine);
    for (Map.Entry<Long, TreeMap<String, List<String>>> state : states.entrySet()) {
      assertThat(
              copies.content(
                  "as-of-" + state.getKey(),
                  OptionalLong.of(state.getKey()),
                  Optional.of(RestoredCopy.place(place.resolve("archive"))),
                  place.resolve("full")))
          .as("as of %d", state.getKey())
          .isEqualTo(state.getValue());
    }
    assertThat(
            copies.content(
                "all",
                OptionalLong.empty(),
                Optional.of(RestoredCopy.place(place.resolve("archive"))),
                place.resolve("full")))
        .containsKey("postgres.the_end");
  }
}

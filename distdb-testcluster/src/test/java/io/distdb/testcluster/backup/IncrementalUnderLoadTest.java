// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * A full backup and a chain of incremental ones, taken while four threads write and a fifth changes
 * definitions; restored as of each backup's timestamp, and of moments between, onto either engine,
 * and compared row by row with what a reader of that timestamp sees in the original.
 */
class IncrementalUnderLoadTest {
  private static final long SEED = Long.getLong("distdb.seed", 1);
  private static final int BACKUPS = Integer.getInteger("distdb.backups", 3);

  @TempDir private Path directory;

  private final List<Path> chain = new ArrayList<>();
  private final List<Long> timestamps = new ArrayList<>();

  @ParameterizedTest
  @CsvSource({
    "memory, memory, lz4",
    "memory, rocksdb, zstd",
    "rocksdb, memory, none",
    "rocksdb, rocksdb, lz4"
  })
  void everyLinkAndEveryMomentBetweenIsExact(String from, String to, String compression) {
    Config config =
        Config.builder()
            .directory(directory.resolve("data"))
            .storage(from)
            .versionRetentionMillis(3_600_000)
            .build();
    Surroundings surroundings = Surroundings.system(config);
    try (Node node = Node.start(config, surroundings);
        Client client = Client.of(node, surroundings)) {
      List<Long> moments = new ArrayList<>();
      try (BusyShop shop = BusyShop.open(client, SEED, true)) {
        for (int i = 0; i < BACKUPS; i++) {
          shop.awaitChanges(200);
          moments.add(node.transactions().timestamps().current());
          shop.awaitChanges(100);
          backup(client, compression);
        }
        shop.awaitChanges(100);
      }
      RestoredCopy copies = new RestoredCopy(directory, to);
      for (int i = 0; i < BACKUPS; i++) {
        compare(node, surroundings, copies, i, timestamps.get(i));
        if (i > 0) {
          compare(node, surroundings, copies, i, moments.get(i));
        }
        if (i > 0 && i < BACKUPS - 1) {
          compare(node, surroundings, copies, BACKUPS - 1, moments.get(i));
        }
      }
    }
  }

  private void backup(Client client, String compression) {
    Path place = directory.resolve("backup-" + chain.size());
    String since = chain.isEmpty() ? "" : " INCREMENTAL FROM '" + chain.getLast() + "'";
    String sql = "BACKUP TO '" + place + "'" + since + " WITH (compression = " + compression + ")";
    timestamps.add(client.query(sql).toList(row -> row.getLong("timestamp")).getFirst());
    chain.add(place);
  }

  private void compare(
      Node original, Surroundings surroundings, RestoredCopy copies, int last, long asOf) {
    List<Path> places = new ArrayList<>(chain.subList(0, last + 1));
    Collections.reverse(places);
    String name = "restored-" + last + "-" + asOf;
    assertThat(
            copies.content(
                name, OptionalLong.of(asOf), Optional.empty(), places.toArray(Path[]::new)))
        .isEqualTo(WholeContent.of(PastDatabase.of(original, surroundings, asOf)));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.journal.Journal;
import io.distdb.api.storage.Compression;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.client.Client;
import io.distdb.node.backup.Restore;
import io.distdb.node.backup.RestoreReport;
import io.distdb.node.backup.RestoreRequest;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/**
 * Backups are taken while four threads write and a fifth changes definitions; each is restored,
 * onto either engine, and compared row by row with what a reader of its timestamp sees in the
 * original.
 */
class BackupUnderLoadTest {
  private static final long SEED = Long.getLong("distdb.seed", 1);
  private static final int BACKUPS = Integer.getInteger("distdb.backups", 4);

  @TempDir private Path directory;

  private record Taken(Path place, long timestamp) {}

  @ParameterizedTest
  @CsvSource({
    "memory, memory, LZ4",
    "memory, rocksdb, ZSTD",
    "rocksdb, memory, NONE",
    "rocksdb, rocksdb, LZ4"
  })
  void restoredRowsAreThoseOfTheTimestamp(String from, String to, Compression compression) {
    Config config =
        Config.builder()
            .directory(directory.resolve("data"))
            .storage(from)
            .versionRetentionMillis(3_600_000)
            .build();
    Surroundings surroundings = Surroundings.system(config);
    try (Node node = Node.start(config, surroundings);
        Client client = Client.of(node, surroundings)) {
      List<Taken> backups = new ArrayList<>();
      try (BusyShop shop = BusyShop.open(client, SEED, true)) {
        for (int i = 0; i < BACKUPS; i++) {
          shop.awaitChanges(300);
          backups.add(backup(client, i, compression));
        }
        shop.awaitChanges(300);
      }
      for (Taken backup : backups) {
        compare(node, backup, to);
      }
    }
  }

  private Taken backup(Client client, int number, Compression compression) {
    Path place = directory.resolve("backup-" + number);
    String sql = "BACKUP TO '" + place + "' WITH (compression = " + compression.text() + ")";
    long timestamp = client.query(sql).toList(row -> row.getLong("timestamp")).getFirst();
    return new Taken(place, timestamp);
  }

  private void compare(Node original, Taken backup, String engine) {
    Path target = directory.resolve(backup.place().getFileName() + "-restored");
    RestoreReport report =
        new Restore(Scheduler.threads(), Clock.system(), Journal.Progress.SILENT)
            .run(
                new RestoreRequest(
                    Surroundings.place(backup.place().toString()),
                    Surroundings.place(target.toString()),
                    engine,
                    64 << 20,
                    OptionalLong.empty()));
    assertThat(report.timestamp()).isEqualTo(backup.timestamp());
    Config config = Config.builder().directory(target).storage(engine).build();
    try (Node restored = Node.start(config)) {
      assertThat(WholeContent.of(restored.databases()))
          .isEqualTo(
              WholeContent.of(
                  PastDatabase.of(
                      original, Surroundings.system(Config.inMemory()), backup.timestamp())));
      try (Client client = Client.of(restored, Surroundings.system(config))) {
        client.execute("INSERT INTO account VALUES (-1, 0, 'the restored one goes on')");
        client.execute("INSERT INTO event (what) VALUES ('of its own')");
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import io.distdb.storage.memory.disk.FileDisk;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A journal in a directory of its own. */
final class WalDirectoryTest {
  @TempDir private Path directory;

  private Path data;
  private Path wal;

  private Config apart() {
    data = directory.resolve("data");
    wal = directory.resolve("disk2/wal");
    return Config.builder().directory(data).walDirectory(wal).build();
  }

  private void fill() {
    try (Client client = Client.open(apart())) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      client.execute("INSERT INTO t VALUES (1)");
      client.checkpoint();
      client.execute("INSERT INTO t VALUES (2)");
    }
  }

  private static void refused(ErrorCode code, Config config, String... words) {
    assertThatThrownBy(() -> Client.open(config).close())
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContainingAll(words);
  }

  private void bothRowsAreThere(Config config) {
    try (Client client = Client.open(config)) {
      assertThat(client.query("SELECT id FROM t ORDER BY id").toList(row -> row.getLong(0)))
          .containsExactly(1L, 2L);
    }
  }

  @Test
  void theJournalIsThereAndNowhereElse() {
    fill();
    assertThat(wal.resolve("journal")).isNotEmptyDirectory();
    assertThat(data.resolve("journal")).doesNotExist();
    bothRowsAreThere(apart());
  }

  @Test
  void theDataDirectoryNamesItsJournal() {
    fill();
    refused(ErrorCode.CONFIGURATION_ERROR, Config.at(data), "is in the wal_dir " + wal);
    Path other = directory.resolve("other");
    refused(
        ErrorCode.CONFIGURATION_ERROR,
        apart().toBuilder().walDirectory(other).build(),
        wal.toString(),
        other.toString());
    assertThat(other).doesNotExist();
    bothRowsAreThere(apart());
  }

  @Test
  void aJournalWithinStaysWithin() {
    Config within = Config.at(directory.resolve("data"));
    Client.open(within).close();
    refused(ErrorCode.CONFIGURATION_ERROR, apart(), "is in it", wal.toString());
    assertThat(wal).doesNotExist();
  }

  @Test
  void aMissingJournalIsRefusedAndNotMadeAnew() throws IOException {
    fill();
    Path away = directory.resolve("away");
    Files.move(wal, away);
    refused(ErrorCode.DATA_CORRUPTED, apart(), "is not in its wal_dir", "no file JOURNAL");
    Files.createDirectories(wal);
    refused(ErrorCode.DATA_CORRUPTED, apart(), "is not in its wal_dir", "no file JOURNAL");
    assertThat(wal).as("an unmounted disk's folder").isEmptyDirectory();
    Files.delete(wal);
    Files.move(away, wal);
    bothRowsAreThere(apart());
  }

  @Test
  void theJournalOfAnotherDatabaseIsRefused() throws IOException {
    fill();
    Config second =
        Config.builder()
            .directory(directory.resolve("data2"))
            .walDirectory(directory.resolve("wal2"))
            .build();
    Client.open(second).close();
    Files.move(wal, directory.resolve("away"));
    Files.move(directory.resolve("wal2"), wal);
    refused(ErrorCode.DATA_CORRUPTED, apart(), "the journal of another database");
    refused(
        ErrorCode.INCOMPATIBLE_FORMAT,
        second.toBuilder().directory(directory.resolve("data3")).walDirectory(wal).build(),
        "cannot become the wal_dir of a new database");
    assertThat(directory.resolve("data3")).doesNotExist();
  }

  @Test
  void aJournalIsMovedByHand() throws IOException {
    fill();
    Path moved = directory.resolve("moved");
    Files.move(wal, moved);
    Path format = data.resolve("FORMAT");
    Files.writeString(
        format, Files.readString(format).replace("wal_dir " + wal, "wal_dir " + moved));
    bothRowsAreThere(apart().toBuilder().walDirectory(moved).build());
  }

  @Test
  void theJournalsDirectoryIsHeldToo() {
    Config first = apart();
    try (Client client = Client.open(first)) {
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      refused(ErrorCode.DATABASE_IN_USE, first, data.toString());
    }
    FileDisk other = new FileDisk(wal);
    assertThat(other.lock("another program")).isEmpty();
    try {
      refused(ErrorCode.DATABASE_IN_USE, first, wal.toString(), "another program");
    } finally {
      other.unlock();
    }
    Client.open(first).close();
  }

  /** Neither has a checksum: each byte is compared with something else. */
  @Test
  void noFlippedBitOfTheFilesThatNameTheTwoIsOverlooked() throws IOException {
    fill();
    for (Path file : new Path[] {data.resolve("FORMAT"), wal.resolve("JOURNAL")}) {
      byte[] content = Files.readAllBytes(file);
      for (int bit = 0; bit < content.length * Byte.SIZE; bit++) {
        byte[] flipped = content.clone();
        flipped[bit / Byte.SIZE] ^= (byte) (1 << bit % Byte.SIZE);
        Files.write(file, flipped);
        assertThatThrownBy(() -> Client.open(apart()).close())
            .as("bit %s of %s", bit, file)
            .isInstanceOf(DistDbException.class);
      }
      Files.write(file, content);
    }
    bothRowsAreThere(apart());
  }
}

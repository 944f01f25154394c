// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.client.Client;
import io.distdb.client.Result;
import io.distdb.node.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Where queries put what does not fit into memory, and that nothing of it stays. */
final class TemporaryFilesTest {
  private static final String SORT =
      "SELECT x, repeat('x', 50) FROM generate_series(1, 20000) AS g(x) ORDER BY x DESC";

  @TempDir private Path directory;

  private static List<Path> files(Path within) throws IOException {
    try (Stream<Path> found = Files.walk(within)) {
      return found.filter(path -> path.toString().endsWith(".tmp")).toList();
    }
  }

  private static Config little(Config config) {
    return config.withQueryMemoryBytes(64 << 10);
  }

  /** Files within {@code within} while the rows are read. */
  private static List<Path> whileReading(Client client, Path within) throws IOException {
    try (Result rows = client.query(SORT)) {
      assertThat(rows.next()).isTrue();
      assertThat(rows.getInt(0)).isEqualTo(20_000);
      return files(within);
    }
  }

  @Test
  void areInTheDataDirectoryAndGoWithTheirQuery() throws IOException {
    Path data = directory.resolve("data");
    try (Client client = Client.open(little(Config.at(data)))) {
      assertThat(whileReading(client, directory))
          .isNotEmpty()
          .allMatch(file -> file.startsWith(data.resolve("temp")));
      assertThat(files(directory)).isEmpty();
    }
  }

  @Test
  void thoseOfAKilledProcessGoWhenTheDirectoryIsOpened() throws IOException {
    Client.open(Config.at(directory)).close();
    Files.createDirectories(directory.resolve("temp"));
    Files.writeString(directory.resolve("temp").resolve("7.tmp"), "left by kill -9");
    Client.open(Config.at(directory)).close();
    assertThat(files(directory)).isEmpty();
  }

  @Test
  void ofADatabaseInMemoryAreInTempDir() throws IOException {
    Config config = Config.builder().temporaryDirectory(directory).build();
    try (Client client = Client.open(little(config))) {
      assertThat(whileReading(client, directory)).isNotEmpty();
      assertThat(files(directory)).isEmpty();
    }
    assertThat(directory).isEmptyDirectory();
  }

  @Test
  void takeNoMoreThanTheirLimit() throws IOException {
    Config config = Config.at(directory).toBuilder().temporaryFileLimitBytes(32 << 10).build();
    try (Client client = Client.open(little(config))) {
      assertThatThrownBy(() -> whileReading(client, directory))
          .isInstanceOfSatisfying(
              DistDbException.class,
              error -> assertThat(error.code().sqlState()).isEqualTo("53400"));
      assertThat(files(directory)).isEmpty();
      assertThat(client.query("SELECT 7").toList(row -> row.getInt(0))).containsExactly(7);
    }
  }
}

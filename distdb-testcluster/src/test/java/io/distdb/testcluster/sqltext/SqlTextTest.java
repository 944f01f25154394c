// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import io.distdb.testcluster.TestStorage;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code src/test/resources/sql}, in memory and in a directory. */
class SqlTextTest {
  static Stream<Path> files() throws IOException, URISyntaxException {
    Path folder = Path.of(SqlTextTest.class.getResource("/sql").toURI());
    return Files.list(folder).sorted();
  }

  @ParameterizedTest
  @MethodSource("files")
  void inMemory(Path file) throws IOException {
    TestStorage.assumeMemory();
    try (Client client = Client.open()) {
      run(client, file);
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void inADirectory(Path file, @TempDir Path directory) throws IOException {
    try (Client client = TestStorage.open(directory.resolve("data"))) {
      run(client, file);
    }
  }

  private static void run(Client client, Path file) throws IOException {
    try (SqlTextRunner runner = new SqlTextRunner(client::newSession, false)) {
      SqlTextReport report =
          runner.run(file.getFileName().toString(), SqlTextParser.parse(Files.readAllLines(file)));
      assertThat(report.failures()).isEmpty();
      assertThat(report.passed()).isPositive();
    }
  }
}

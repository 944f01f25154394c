// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.TestStorage;
import io.distdb.testcluster.simulation.SimulatedNodes;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.io.IOException;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every file in {@code src/test/resources/sql}, in memory and in a directory. */
class SqlTextTest {
  /** One in so many files is run. */
  private static final int EVERY = Integer.getInteger("distdb.sqltext.every", 1);

  static Stream<Path> files() throws IOException, URISyntaxException {
    Path folder = Path.of(SqlTextTest.class.getResource("/sql").toURI());
    List<Path> all = Files.list(folder).sorted().toList();
    return IntStream.range(0, all.size()).filter(i -> i % EVERY == 0).mapToObj(all::get);
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
    TestStorage.assumeOneNode();
    try (Client client = TestStorage.open(directory.resolve("data"))) {
      run(client, file);
    }
  }

  /** Sessions are spread over the nodes; the first is of one that need not lead. */
  @ParameterizedTest
  @MethodSource("files")
  void onThreeNodes(Path file) throws IOException {
    assumeTrue(TestStorage.isCluster(), "only on a cluster");
    List<SqlTextRecord> records = SqlTextParser.parse(Files.readAllLines(file));
    try (SimulatedWorld world = new SimulatedWorld(file.getFileName().toString().hashCode())) {
      world.run(() ->
          SimulatedNodes.with(
              world,
              TestStorage.NODES,
              cluster -> {
                AtomicInteger next = new AtomicInteger();
                cluster
                    .scheduler(0)
                    .start(
                        "text",
                        () -> check(() -> cluster.session(next.getAndIncrement()), file, records))
                    .join();
              }));
    }
  }

  private static void check(Supplier<Session> sessions, Path file, List<SqlTextRecord> records) {
    try (SqlTextRunner runner = new SqlTextRunner(sessions, false)) {
      SqlTextReport report = runner.run(file.getFileName().toString(), records);
      assertThat(report.failures()).isEmpty();
      assertThat(report.passed()).isPositive();
    }
  }

  private static void run(Client client, Path file) throws IOException {
    check(client::newSession, file, SqlTextParser.parse(Files.readAllLines(file)));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.sqltext;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.client.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * SQLite's sqllogictest corpus, where it lies beside the project. DistDB does not speak all of it
 * yet; what it does not speak it must refuse with 0A000, and what it answers must be PostgreSQL's
 * answer.
 */
class PublicCorpusTest {
  private static final Logger LOG = LoggerFactory.getLogger(PublicCorpusTest.class);
  private static final Path CORPUS = corpus();

  private static Path corpus() {
    Path here = Path.of("").toAbsolutePath();
    while (here != null && !Files.isDirectory(here.resolve("shared/sqllogictest"))) {
      here = here.getParent();
    }
    return here == null ? Path.of("missing") : here.resolve("shared/sqllogictest");
  }

  static List<Path> files() throws IOException {
    if (!Files.isDirectory(CORPUS)) {
      return List.of(CORPUS);
    }
    try (Stream<Path> files = Files.walk(CORPUS)) {
      return files.filter(file -> file.toString().endsWith(".test")).sorted().toList();
    }
  }

  @ParameterizedTest
  @MethodSource("files")
  void neverAWrongAnswer(Path file) throws IOException {
    assumeTrue(Files.exists(file), "the public corpus is not beside this checkout");
    String name = CORPUS.relativize(file).toString();
    List<SqlTextRecord> records = new ArrayList<>(SqlTextParser.parse(Files.readAllLines(file)));
    Set<String> exempt =
        new HashSet<>(Files.readAllLines(CORPUS.resolve("postgresql-15-differs.txt")));
    try (Client client = Client.open();
        SqlTextRunner runner = new SqlTextRunner(client::newSession, true)) {
      SqlTextReport report = runner.run(name, records);
      List<String> wrong =
          report.failures().stream()
              .filter(text -> !exempt.contains(text.substring(0, text.indexOf(": "))))
              .toList();
      LOG.info("{}: {} answered, {} refused", name, report.passed(), report.refused());
      assertThat(wrong.stream().limit(10).toList()).as("%d wrong", wrong.size()).isEmpty();
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.analyze;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.parse.SqlParser;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;

/**
 * Real SQL by the thousand: every sampled record of the corpus is analyzed, or refused with a code
 * that says why, and means the same with its literals lifted. The corpus lies beside the project
 * ({@code shared/sqllogictest}, in some folder above); without it there is nothing to test.
 */
class SqlLogicTestCorpusTest {
  /** One record in so many, but all that make tables. {@code -Ddistdb.corpus.stride=1}: all. */
  private static final int STRIDE = Integer.getInteger("distdb.corpus.stride", 40);

  @Test
  void corpusIsAnalyzedOrRefusedAndLiftsFaithfully() throws IOException {
    Path corpus = corpus();
    assumeTrue(corpus != null, "no corpus above the working directory");
    LiftingCheck lifting = new LiftingCheck();
    Map<String, Integer> outcomes = new TreeMap<>();
    int lifted = 0;
    for (Path file : files(corpus)) {
      TestCatalog catalog = TestCatalog.of();
      int number = 0;
      for (String sql : records(file)) {
        boolean definition = sql.startsWith("CREATE") || sql.startsWith("DROP");
        if (!definition && number++ % STRIDE != 0) {
          continue;
        }
        String outcome = outcome(sql, catalog, definition);
        outcomes.merge(outcome, 1, Integer::sum);
        lifted += lifting.check(sql, catalog);
      }
    }
    System.Logger logger = System.getLogger(getClass().getName());
    logger.log(System.Logger.Level.INFO, "outcomes {0}, literals lifted {1}", outcomes, lifted);
    assertThat(outcomes.keySet())
        .isSubsetOf(
            "ok", "0A000", "42601", "42P01", "42P07", "42704", "42883", "42703", "42804", "42725",
            "42803");
    assertThat(outcomes.get("ok")).isGreaterThan(1_000);
    assertThat(lifted).isGreaterThan(1_000);
  }

  private static String outcome(String sql, TestCatalog catalog, boolean definition) {
    try {
      if (definition) {
        catalog.execute(sql);
      } else {
        Analyzer.analyze(SqlParser.parse(sql), catalog, List.of());
      }
      return "ok";
    } catch (DistDbException e) {
      assertThat(e.getMessage()).as(sql).isNotBlank();
      return e.sqlState();
    }
  }

  private static Path corpus() {
    for (Path at = Path.of("").toAbsolutePath(); at != null; at = at.getParent()) {
      Path candidate = at.resolve("shared").resolve("sqllogictest");
      if (Files.isDirectory(candidate)) {
        return candidate;
      }
    }
    return null;
  }

  private static List<Path> files(Path corpus) {
    try (Stream<Path> all = Files.walk(corpus)) {
      return all.filter(path -> path.toString().endsWith(".test")).sorted().toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The SQL of statements and queries, whatever engine they are for. */
  private static List<String> records(Path file) throws IOException {
    List<String> records = new ArrayList<>();
    StringBuilder sql = null;
    for (String line : Files.readAllLines(file)) {
      if (line.startsWith("statement ") || line.startsWith("query ")) {
        sql = new StringBuilder();
      } else if (sql != null && (line.isBlank() || line.equals("----"))) {
        records.add(sql.toString());
        sql = null;
      } else if (sql != null) {
        sql.append(sql.isEmpty() ? "" : "\n").append(line);
      }
    }
    return records;
  }
}

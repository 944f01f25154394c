// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testcluster.differential.ComparedDatabases.Verdict;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * Generated queries: DistDB with its rules answers as without any rule, in the written order, by
 * loops alone, and as with merge joins wherever there can be one, and with everything in temporary
 * files that can be; as H2 where H2 means the same by the query, and as PostgreSQL where {@code
 * -Ddistdb.postgres=jdbc:...} names one. {@code -Ddistdb.queries} and {@code -Ddistdb.seed} ask for
 * more or others. A failure prints the seed, the query, and a smaller one that fails too.
 */
class DifferentialTest {
  private static final int QUERIES = Integer.getInteger("distdb.queries", 1_500);
  private static final long SEED = Long.getLong("distdb.seed", 1);
  private static final int FAILURES_SHOWN = Integer.getInteger("distdb.failures", 5);

  @Test
  void everyDatabaseGivesTheSameAnswer() throws SQLException {
    Map<Verdict.Kind, Integer> counts = new EnumMap<>(Verdict.Kind.class);
    List<String> failures = new ArrayList<>();
    int withH2 = 0;
    int merged;
    int spilled;
    try (ComparedDatabases databases = ComparedDatabases.open()) {
      for (long seed = SEED; seed < SEED + QUERIES && failures.size() < FAILURES_SHOWN; seed++) {
        Choices choices = Choices.of(seed);
        GeneratedQuery query = QueryGenerator.generate(choices);
        Verdict verdict = databases.judge(query);
        counts.merge(verdict.kind(), 1, Integer::sum);
        withH2 += verdict.withH2() ? 1 : 0;
        if (verdict.kind() == Verdict.Kind.DIFFERENT) {
          failures.add(explain(seed, query, choices.drawn(), databases));
        }
      }
      merged = databases.merged();
      spilled = databases.spilled();
      assertThat(databases.filesLeft()).isEmpty();
    }
    System.out.println(
        "generated queries from seed "
            + SEED
            + ": "
            + counts
            + ", compared with H2: "
            + withH2
            + ", by merge joins too: "
            + merged
            + ", with temporary files: "
            + spilled);
    assertThat(failures).as(String.join("\n\n", failures)).isEmpty();
    assertThat(counts.getOrDefault(Verdict.Kind.SAME, 0)).isGreaterThan(QUERIES * 9 / 10);
    assertThat(withH2).isGreaterThan(QUERIES / 3);
    assertThat(merged).isGreaterThan(QUERIES / 10);
    assertThat(spilled).isGreaterThan(QUERIES / 10);
  }

  private static String explain(
      long seed, GeneratedQuery query, List<Integer> drawn, ComparedDatabases databases) {
    List<Integer> small =
        Shrinker.shrink(
            drawn,
            numbers -> {
              GeneratedQuery smaller = QueryGenerator.generate(Choices.again(numbers));
              return databases.judge(smaller).kind() == Verdict.Kind.DIFFERENT;
            });
    GeneratedQuery smallest = QueryGenerator.generate(Choices.again(small));
    return "-Ddistdb.queries=1 -Ddistdb.seed="
        + seed
        + "\n  "
        + query.sql()
        + "\nsmaller:\n  "
        + smallest.sql()
        + "\n"
        + databases.judge(smallest).text();
  }
}

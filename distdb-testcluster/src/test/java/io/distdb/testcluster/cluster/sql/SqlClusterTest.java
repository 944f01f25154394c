// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster.sql;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.simulation.SeedRunner;
import org.junit.jupiter.api.Test;

/**
 * Whole nodes, started as the program starts them, with SQL on each of them. Red when a cluster
 * does not begin, does not come back, loses what it acknowledged or shows what never was; {@code
 * -Ddistdb.seeds=1000} plays more.
 */
class SqlClusterTest {
  private static final int SEEDS = 20;

  @Test
  void everyNodeServesSql() {
    int[] answered = new int[1];
    SeedRunner.of(getClass(), "everyNodeServesSql")
        .run(
            SEEDS,
            seed -> {
              try (SqlCluster cluster = new SqlCluster(seed)) {
                answered[0] += cluster.run();
                return cluster.traceHash();
              }
            });
    assertThat(answered[0]).as("hardly anything was answered").isGreaterThan(SEEDS * 10);
  }

  /** Plays so many seeds from one on. */
  public static void main(String[] firstAndCount) {
    long begun = System.nanoTime();
    long first = Long.parseLong(firstAndCount[0]);
    long count = Long.parseLong(firstAndCount[1]);
    SeedRunner runner = SeedRunner.of(SqlClusterTest.class, "everyNodeServesSql");
    for (long seed = first; seed < first + count; seed++) {
      runner.runOnce(
          seed,
          each -> {
            try (SqlCluster cluster = new SqlCluster(each)) {
              cluster.run();
              return cluster.traceHash();
            }
          });
    }
    System.out.println(count + " seeds in " + (System.nanoTime() - begun) / 1_000_000 + " ms");
  }
}

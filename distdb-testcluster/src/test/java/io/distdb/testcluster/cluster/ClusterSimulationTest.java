// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.simulation.SeedRunner;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Clusters under everything that can go wrong. Red when a client sees what no level or register may
 * show, when something acknowledged is lost, when an invariant of consensus breaks, when replicas
 * differ, when a healed quorum does not get on, or when a seed plays differently in another JVM.
 * {@code mvn verify -Psimulation} plays 20,000 seeds.
 */
class ClusterSimulationTest {
  static final String NAME = "clustersKeepWhatTheyPromise";

  @Test
  void clustersKeepWhatTheyPromise() throws Exception {
    SeedRunner runner = SeedRunner.of(getClass(), NAME);
    long only = Long.getLong(SeedRunner.SEED_PROPERTY, -1);
    long first = only >= 0 ? only : Long.getLong(SeedRunner.FIRST_PROPERTY, 1);
    long count =
        only >= 0
            ? 1
            : Long.getLong(SeedRunner.SEEDS_PROPERTY, Long.getLong("distdb.cluster.seeds", 300));
    long begun = System.nanoTime();
    ClusterSeeds played;
    try (QuietLog quiet = new QuietLog()) {
      played = ClusterSeeds.run(runner, first, count);
    }
    System.out.println(played.summary().text(System.nanoTime() - begun));
    assertThat(hashesOfAnotherJvm(played.hashes())).isEqualTo(played.hashes());
    if (count >= 300) {
      assertEventful(played.summary());
    }
  }

  /** Seeds in which nothing happens prove nothing. */
  private static void assertEventful(ClusterSummary summary) {
    for (Mishap mishap : Mishap.values()) {
      assertThat(summary.mishaps()).containsKey(mishap.name());
    }
    assertThat(summary.answered()).isGreaterThan(summary.seeds() * 50);
    assertThat(summary.terms()).isGreaterThan(summary.seeds() * 2);
    assertThat(summary.comparisons()).isGreaterThan(summary.seeds());
  }

  private static Map<Long, Long> hashesOfAnotherJvm(Map<Long, Long> here) throws Exception {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.addAll(List.of("-cp", System.getProperty("java.class.path")));
    command.add(ClusterHashes.class.getName());
    here.keySet().forEach(seed -> command.add(seed.toString()));
    Process other =
        new ProcessBuilder(command).redirectError(ProcessBuilder.Redirect.INHERIT).start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor()).isZero();
    return output
        .lines()
        .filter(line -> line.startsWith("trace "))
        .map(line -> line.split(" "))
        .collect(
            Collectors.toMap(parts -> Long.parseLong(parts[1]), parts -> Long.parseLong(parts[2])));
  }
}

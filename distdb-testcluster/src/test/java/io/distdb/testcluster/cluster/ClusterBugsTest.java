// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Each planted bug is caught within a thousand seeds; how many it took is printed. Those that need
 * many have theirs here; {@code -Ddistdb.cluster.bugs=true} looks for all of them from 1 on.
 */
class ClusterBugsTest {
  private static final int SEEDS = 1_000;

  private static final Map<String, Integer> KNOWN =
      Map.of("13 a lease lasts four times as long", 407);

  @TestFactory
  Stream<DynamicTest> everyBugIsCaught() {
    return ClusterBugs.all().entrySet().stream()
        .map(bug ->
            DynamicTest.dynamicTest(bug.getKey(), () -> caught(bug.getKey(), bug.getValue())));
  }

  private static void caught(String name, Planted bug) {
    Optional<String> how = Optional.empty();
    int seed = Boolean.getBoolean("distdb.cluster.bugs") ? 0 : KNOWN.getOrDefault(name, 1) - 1;
    try (QuietLog quiet = new QuietLog()) {
      while (how.isEmpty() && seed < SEEDS) {
        how = breach(++seed, bug);
      }
    }
    assertThat(how).as("%s, %d seeds", name, seed).isPresent();
    System.out.printf("cluster bug: %s: seed %d: %s%n", name, seed, how.get());
  }

  /** What the simulation notices, if it does. */
  private static Optional<String> breach(int seed, Planted bug) {
    try (ClusterSimulation simulation = new ClusterSimulation(seed, bug)) {
      simulation.run();
      return Optional.empty();
    } catch (AssertionError e) {
      Throwable cause = e.getCause() == null ? e : e.getCause();
      String what = String.valueOf(cause.getMessage()).strip().replaceAll("\\s+", " ");
      return Optional.of(what.substring(0, Math.min(what.length(), 150)));
    }
  }

  public static void main(String[] names) {
    ClusterBugs.all()
        .forEach((name, bug) -> {
          try {
            caught(name, bug);
          } catch (AssertionError missed) {
            System.out.println("MISSED " + missed.getMessage().strip());
          }
        });
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Sessions, a deadlock, a crash and a recovery, from SQL to journal, decided by one seed. Red when
 * anything in the product depends on hash salts, identity, real time or real threads, or when a
 * seed finds books that do not balance.
 */
class DeterminismTest {
  private static final long SEEDS = Long.getLong("distdb.seeds", 200);
  private static final long FIRST = Long.getLong("distdb.seed", 1);

  @Test
  void theSameSeedsGiveTheSameTracesInTwoVirtualMachines() throws Exception {
    List<String> here = new ArrayList<>();
    for (long seed = FIRST; seed < FIRST + SEEDS; seed++) {
      try {
        here.add(ThreeSessions.line(seed));
      } catch (RuntimeException | AssertionError failure) {
        throw new AssertionError(
            "seed "
                + seed
                + ": "
                + failure.getMessage()
                + "; again: mvn verify -pl"
                + " distdb-testcluster -am -Dtest=DeterminismTest -Ddistdb.seed="
                + seed
                + " -Ddistdb.seeds=1",
            failure);
      }
    }
    assertThat(hashesOfAnotherMachine()).isEqualTo(here);
    assertThat(here).as("different seeds, different lives").doesNotHaveDuplicates();
  }

  private static List<String> hashesOfAnotherMachine() throws IOException, InterruptedException {
    Process other =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dlogback.configurationFile=" + System.getProperty("logback.configurationFile"),
                "-cp",
                System.getProperty("java.class.path"),
                ThreeSessions.class.getName(),
                Long.toString(FIRST),
                Long.toString(FIRST + SEEDS))
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    String output = new String(other.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(other.waitFor()).isZero();
    return output.lines().filter(line -> line.startsWith("trace ")).toList();
  }
}

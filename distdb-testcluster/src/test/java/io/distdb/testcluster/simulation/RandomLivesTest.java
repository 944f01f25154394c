// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.testkit.simulation.SeedRunner;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

/**
 * Random SQL sessions, definitions, cancels, checkpoints, crashes and broken disks. Red when
 * anything acknowledged is lost, anything is half applied, an index disagrees with its table, a
 * read fails because the disk does, or an error comes that nothing caused. {@code
 * -Ddistdb.seeds=5000} runs more.
 */
class RandomLivesTest {
  @Test
  void everyLifeKeepsWhatItWasPromised() {
    AtomicLong faults = new AtomicLong();
    SeedRunner.of(getClass(), "everyLifeKeepsWhatItWasPromised")
        .run(
            60,
            seed -> {
              RandomLives.Played played = RandomLives.play(seed);
              faults.addAndGet(played.faults());
              return played.traceHash();
            });
    assertThat(faults.get()).as("disk calls that failed").isPositive();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testkit.txn;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.txn.TimestampSource;
import java.util.Arrays;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

/** Timestamps rise strictly, whatever clocks do and however often the database starts anew. */
public abstract class TimestampSourceContract {
  private static final long HOUR_MICROS = 3_600_000_000L;

  protected abstract TransactionHome open(Clock clock);

  /** A jump of the clock, or (0) a restart. */
  @Property(tries = 60)
  void risesAcrossJumpsAndRestarts(@ForAll("jumps") long[] jumps) {
    AdjustableClock clock = new AdjustableClock();
    try (TransactionHome home = open(clock)) {
      long last = home.manager().timestamps().next();
      for (long jump : jumps) {
        if (jump == 0) {
          home.restart();
          assertThat(home.manager().timestamps().current()).isGreaterThanOrEqualTo(last);
        } else {
          clock.moveMicros(jump);
        }
        TimestampSource timestamps = home.manager().timestamps();
        assertThat(timestamps.now()).isGreaterThanOrEqualTo(timestamps.current());
        for (int i = 0; i < 3; i++) {
          long next = timestamps.next();
          assertThat(next).isGreaterThan(last);
          assertThat(timestamps.current()).isEqualTo(next);
          last = next;
        }
      }
    }
  }

  @Provide
  Arbitrary<long[]> jumps() {
    return Arbitraries.frequencyOf(
            net.jqwik.api.Tuple.of(1, Arbitraries.just(0L)),
            net.jqwik.api.Tuple.of(3, Arbitraries.longs().between(-HOUR_MICROS, HOUR_MICROS)))
        .array(long[].class)
        .ofMaxSize(12);
  }

  @Test
  void noTwoThreadsGetTheSame() throws InterruptedException {
    int threads = 8;
    int each = 20_000;
    long[] all = new long[threads * each];
    try (TransactionHome home = open(Clock.system())) {
      TimestampSource timestamps = home.manager().timestamps();
      Thread[] workers = new Thread[threads];
      for (int t = 0; t < threads; t++) {
        int base = t * each;
        workers[t] =
            Thread.ofPlatform()
                .start(() -> {
                  for (int i = 0; i < each; i++) {
                    all[base + i] = timestamps.next();
                  }
                });
      }
      for (Thread worker : workers) {
        worker.join();
      }
    }
    for (int i = 1; i < all.length; i++) {
      if (i % each != 0) {
        assertThat(all[i]).as("of one thread").isGreaterThan(all[i - 1]);
      }
    }
    assertThat(Arrays.stream(all).distinct().count()).isEqualTo(all.length);
  }
}

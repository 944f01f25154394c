// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.client.Client;
import java.nio.file.Path;
import java.util.Map;
import java.util.function.BooleanSupplier;

/** What the tests of faults have in common. */
final class Faults {
  private Faults() {}

  /** Repeats the moments of an earlier run with {@code -Ddistdb.faults.seed}. */
  static long seed() {
    long seed = Long.getLong("distdb.faults.seed", System.nanoTime());
    System.out.println("faults: replay with -Ddistdb.faults.seed=" + seed);
    return seed;
  }

  /** Skips the test, and says why, when the machine cannot do what it needs. */
  static void assumeNothingIn(String hindrance) {
    if (hindrance != null) {
      System.out.println("skipped: " + hindrance);
    }
    assumeTrue(hindrance == null, hindrance);
  }

  static BooleanSupplier elapsed(long nanos) {
    long end = System.nanoTime() + nanos;
    return () -> System.nanoTime() >= end;
  }

  static Victim prepared(Path directory, Ledger ledger, Map<String, String> environment) {
    Victim victim = Victim.start(directory, ledger, environment);
    assertThat(victim.opened()).isEqualTo("= open");
    assertThat(victim.ask(Ledger.TABLE)).isEqualTo("= 0");
    assertThat(victim.ask(Ledger.INDEX)).isEqualTo("= 0");
    return victim;
  }

  static void assertRefusedAsFull(String answer) {
    assertThat(answer).startsWith("! 53100").contains("HINT: Free space");
  }

  /** By the key, and over everything; new rows come meanwhile. */
  static void readsGoOn(Victim victim, Ledger ledger) {
    long before = ledger.acknowledged.size();
    assertThat(victim.number("SELECT count(*) FROM ledger")).isGreaterThanOrEqualTo(before);
    rowsAreRead(victim, ledger);
  }

  /**
   * As {@link #readsGoOn}, with a disk that others may fill in the middle of a flush: commits that
   * then wait for room are waited for, and after a while the reads that would have to see them are
   * refused. No other read is.
   */
  static void readsGoOnWhereTheyCan(Victim victim, Ledger ledger) {
    long before = ledger.acknowledged.size();
    String answer = victim.ask("SELECT count(*) FROM ledger");
    if (answer.startsWith("!")) {
      assertThat(answer).startsWith("! 53100 a commit that this read would have to see");
      assertThat(victim.stalls).hasPositiveValue();
    } else {
      assertThat(Long.parseLong(answer.substring(2))).isGreaterThanOrEqualTo(before);
    }
    rowsAreRead(victim, ledger);
  }

  private static void rowsAreRead(Victim victim, Ledger ledger) {
    long some = ledger.acknowledged.iterator().next();
    assertThat(victim.ask("SELECT note FROM ledger WHERE id = " + some))
        .isEqualTo("= " + Ledger.note(some));
  }

  static void checkAfterKill(String fault, Path directory, Victim victim, Ledger ledger) {
    victim.kill();
    check(fault, directory, ledger);
  }

  static void check(String fault, Path directory, Ledger ledger) {
    try (Client client = FaultyProcess.open(directory, Victim.STORAGE)) {
      ledger.check(client);
    }
    System.out.printf(
        "%s, %s: %d rows acknowledged and there, %d refused and not, %d of unknown outcome%n",
        Victim.STORAGE,
        fault,
        ledger.acknowledged.size(),
        ledger.refused.size(),
        ledger.unknown.size());
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Random;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls that fail: from a moment on, or once. A force that failed and then succeeds must not
 * be believed (Rebello et al., "Can Applications Recover from fsync Failures?", 2020): nothing is
 * acknowledged after it, reads go on, and another opening finds all there is.
 */
final class FailingForceTest {
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);
  private static final int WRITERS = 4;
  private static final String JOURNAL = "/db/journal/";
  private static final String ENGINE =
      Victim.STORAGE.equals("rocksdb") ? "/db/storage/" : "/db/snapshots/";

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @TempDir private Path directory;
  private FailingCalls calls;

  @BeforeEach
  void callsCanBeMadeToFail() {
    Faults.assumeNothingIn(FailingCalls.hindrance());
    calls = FailingCalls.in(directory);
  }

  private Victim loading(Path database, long rows) {
    Victim victim = Faults.prepared(database, ledger, calls.environment());
    victim.ask("load " + WRITERS + " 0");
    victim.awaitAcknowledged(rows);
    return victim;
  }

  /** What must hold after the failure of a force in the journal. */
  private void nothingMoreIsAcknowledged(Victim victim) {
    victim.awaitRefused(50);
    victim.awaitRefusedOfEach(WRITERS);
    long acknowledged = ledger.acknowledgements.get();
    Faults.readsGoOn(victim, ledger);
    assertThat(victim.ask("INSERT INTO ledger VALUES (-1, 0, '')"))
        .startsWith("! 58030")
        .doesNotContain("NO HINT");
    victim.awaitRefused(20);
    assertThat(ledger.acknowledgements.get()).isEqualTo(acknowledged);
    assertThat(victim.errors.keySet()).isSubsetOf("08007", "58030", "57P03");
    assertThat(victim.errors.get("58030")).contains(directory.toString());
  }

  @Test
  void oneForceThatFailsIsNotForgottenByTheNextThatSucceeds() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 500)) {
      calls.forcesFail(JOURNAL, FailingCalls.EIO, 1);
      nothingMoreIsAcknowledged(victim);
      Faults.checkAfterKill("one force fails", database, victim, ledger);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  void forcesFailFromAnyMomentOn() {
    for (int round = 0; round < ROUNDS; round++) {
      Path database = directory.resolve("db");
      try (Victim victim =
          round == 0
              ? loading(database, 200)
              : Victim.start(database, ledger, calls.environment())) {
        if (round > 0) {
          assertThat(victim.opened()).isEqualTo("= open");
          victim.ask("load " + WRITERS + " " + round * 10_000_000L);
        }
        victim.awaitAcknowledged(1 + random.nextInt(3_000));
        boolean once = random.nextBoolean();
        calls.forcesFail(
            once ? JOURNAL : "/db/", FailingCalls.EIO, once ? 1 : FailingCalls.FOR_EVER);
        nothingMoreIsAcknowledged(victim);
        calls.heal();
        Faults.checkAfterKill("forces fail, " + round, database, victim, ledger);
      }
    }
  }

  /** RocksDB's flush has forces of its own; the in-memory engine's snapshot too. */
  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  void aCheckpointWhoseForceFailsIsNone() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 5_000)) {
      victim.ask("stop");
      calls.forcesFail(ENGINE, FailingCalls.EIO, 1);
      assertThat(victim.ask("checkpoint")).startsWith("! 58030").doesNotContain("NO HINT");
      Faults.readsGoOn(victim, ledger);
      String after = victim.ask("INSERT INTO ledger VALUES (-1, 96, '" + Ledger.note(-1) + "')");
      assertThat(after)
          .satisfiesAnyOf(
              taken -> assertThat(taken).isEqualTo("= 1"),
              refused -> assertThat(refused).startsWith("! 58030"),
              unknown -> assertThat(unknown).startsWith("! 08007"));
      System.out.println(Victim.STORAGE + " after a checkpoint whose force failed: " + after);
      Faults.readsGoOn(victim, ledger);
      if (after.equals("= 1")) {
        ledger.acknowledged(-1);
      }
      victim.ask("DELETE FROM ledger WHERE id = -1");
      victim.kill();
    }
    ledger.acknowledged.remove(-1L);
    try (Victim victim = Victim.open(database, ledger)) {
      victim.ask("DELETE FROM ledger WHERE id = -1");
      Faults.checkAfterKill("a checkpoint's force fails", database, victim, ledger);
    }
  }

  /** Longer than a writer waits: it is told, and its row comes all the same. */
  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void aLongStallTellsItsWritersAndKeepsTheirRows() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 1_000)) {
      long some = ledger.acknowledged.iterator().next();
      calls.writesFail(ENGINE, FailingCalls.ENOSPC, FailingCalls.FOR_EVER);
      victim.tell("checkpoint");
      Faults.assertRefusedAsFull(victim.later());
      victim.await("a writer is told", () -> !ledger.unknown.isEmpty());
      long unknown = ledger.unknown.iterator().next();
      assertThat(victim.errors.get("08007")).contains("is in the log, and is applied when");
      assertThat(victim.ask("SELECT note FROM ledger WHERE id = " + some))
          .as("another row is read")
          .isEqualTo("= " + Ledger.note(some));
      Faults.assertRefusedAsFull(victim.ask("SELECT note FROM ledger WHERE id = " + unknown));
      Faults.assertRefusedAsFull(victim.ask("INSERT INTO ledger VALUES (-1, 0, '')"));
      calls.heal();
      victim.awaitAcknowledged(500);
      Set<Long> told = Set.copyOf(ledger.unknown);
      assertThat(told).contains(unknown);
      for (long id : told) {
        assertThat(victim.ask("SELECT note FROM ledger WHERE id = " + id))
            .as("it is applied")
            .isEqualTo("= " + Ledger.note(id));
      }
      assertThat(victim.ask("UPDATE ledger SET part = part WHERE id = " + unknown))
          .as("its lock is gone")
          .isEqualTo("= 1");
      Faults.checkAfterKill("a long stall", database, victim, ledger);
    }
  }

  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  @EnabledIfSystemProperty(named = "distdb.test.storage", matches = "rocksdb")
  void closingInAStallDoesNotWaitForRoom() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 1_000)) {
      calls.writesFail(ENGINE, FailingCalls.ENOSPC, FailingCalls.FOR_EVER);
      victim.tell("checkpoint");
      Faults.assertRefusedAsFull(victim.later());
      victim.await("a stall", () -> victim.stalls.get() > 0);
      assertThat(victim.ask("close")).isEqualTo("= closed");
    }
    calls.heal();
    Faults.check("closed in a stall", database, ledger);
  }

  /** While the journal has room, the engine has none. */
  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  void writesWithoutRoomAreRefusedUntilThereIs() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 1_000)) {
      for (int round = 0; round < Math.max(2, ROUNDS / 3); round++) {
        calls.writesFail(ENGINE, FailingCalls.ENOSPC, FailingCalls.FOR_EVER);
        victim.tell("checkpoint");
        victim.await("a while", Faults.elapsed(300_000_000L + random.nextInt(1_000_000_000)));
        calls.heal();
        String answer = victim.later();
        if (answer.startsWith("!")) {
          Faults.assertRefusedAsFull(answer);
        }
        victim.awaitAcknowledged(500);
        Faults.readsGoOn(victim, ledger);
      }
      System.out.printf("%s: applying stalled %d times%n", Victim.STORAGE, victim.stalls.get());
      if (Victim.STORAGE.equals("rocksdb")) {
        assertThat(victim.stalls).as("this is to show what a stall does").hasPositiveValue();
      }
      Faults.checkAfterKill("writes without room", database, victim, ledger);
    }
  }
}

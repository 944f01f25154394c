// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * System calls that fail, by libfiu: from a moment on, or once. A force that failed and then
 * succeeds must not be believed (Rebello et al., "Can Applications Recover from fsync Failures?",
 * 2020): nothing is acknowledged after it, reads go on, and another opening finds all there is.
 */
final class FailingForceTest {
  private static final Path PRELOADED = Path.of("/usr/lib/fiu/fiu_posix_preload.so");
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);
  private static final String FORCE = "posix/io/sync/*";
  private static final int EIO = 5;
  private static final int ENOSPC = 28;

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @TempDir private Path directory;
  @TempDir private Path control;

  @BeforeEach
  void libfiuIsThere() {
    Faults.assumeNothingIn(
        Files.exists(PRELOADED) ? null : "libfiu is not installed (faults/run does it)");
  }

  private Map<String, String> environment() {
    return Map.of(
        "LD_PRELOAD",
        "/usr/lib/fiu/fiu_run_preload.so " + PRELOADED,
        "FIU_CTRL_FIFO",
        control.resolve("fiu").toString(),
        "FIU_ENABLE",
        "");
  }

  private void tell(Victim victim, String command) {
    SmallDisk.run(
        List.of(
            "fiu-ctrl",
            "-f",
            control.resolve("fiu").toString(),
            "-c",
            command,
            Long.toString(victim.pid())));
  }

  private void fail(Victim victim, String calls, int errno, boolean once) {
    tell(victim, "enable name=" + calls + ",failinfo=" + errno + (once ? ",onetime" : ""));
  }

  private Victim loading(Path database, long rows) {
    Victim victim = Faults.prepared(database, ledger, environment());
    victim.ask("load 4 0");
    victim.awaitAcknowledged(rows);
    return victim;
  }

  /** What must hold after the failure of a force in the journal. */
  private void nothingMoreIsAcknowledged(Victim victim) {
    victim.awaitRefused(50);
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
      fail(victim, FORCE, EIO, true);
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
          round == 0 ? loading(database, 200) : Victim.start(database, ledger, environment())) {
        if (round > 0) {
          assertThat(victim.opened()).isEqualTo("= open");
          victim.ask("load 4 " + round * 10_000_000L);
        }
        victim.awaitAcknowledged(1 + random.nextInt(3_000));
        fail(victim, FORCE, EIO, random.nextBoolean());
        nothingMoreIsAcknowledged(victim);
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
      fail(victim, FORCE, EIO, false);
      assertThat(victim.ask("checkpoint")).startsWith("! 58030").doesNotContain("NO HINT");
      Faults.readsGoOn(victim, ledger);
      tell(victim, "disable name=" + FORCE);
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

  /** RocksDB writes its files by write(2), the journal by pwrite(2). */
  @Test
  @EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
  void writesWithoutRoomAreRefusedUntilThereIs() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 1_000)) {
      for (int round = 0; round < Math.max(2, ROUNDS / 3); round++) {
        fail(victim, "posix/io/rw/write", ENOSPC, false);
        victim.tell("checkpoint");
        victim.await("a while", Faults.elapsed(300_000_000L + random.nextInt(1_000_000_000)));
        tell(victim, "disable name=posix/io/rw/write");
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

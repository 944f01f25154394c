// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;

/**
 * The long kin of {@link FullDiskTest}: a tmpfs that is filled by others at any moment of a load,
 * of a checkpoint, of an index being built and of a statement that copies a table; in {@code mvn
 * verify -Pfaults}, or {@code faults/run full}.
 */
@EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
final class FillingDiskTest {
  private static final String STORAGE = Victim.STORAGE;
  private static final long MIB = 1 << 20;
  private static final long DISK_BYTES = 256 * MIB;
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @BeforeEach
  void aDiskCanBeMounted() {
    Faults.assumeNothingIn(SmallDisk.hindrance());
  }

  /** Between nothing and a few megabytes: enough for a part of what is under way. */
  private long little() {
    return random.nextInt(4) == 0 ? 0 : random.nextLong(6 * MIB);
  }

  private Victim loading(SmallDisk disk, long rows) {
    Victim victim = Faults.prepared(disk.database(), ledger, Map.of());
    victim.ask("load 2 0");
    victim.awaitAcknowledged(rows);
    return victim;
  }

  @Test
  void othersFillTheDiskAtAnyMomentOfALoad() {
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES);
        Victim victim = loading(disk, 1_000)) {
      for (int round = 0; round < ROUNDS; round++) {
        victim.awaitAcknowledged(random.nextInt(4_000));
        disk.fill(little());
        victim.awaitRefused(20);
        Faults.readsGoOnWhereTheyCan(victim, ledger);
        disk.free();
        victim.awaitAcknowledged(100);
        victim.ask("DELETE FROM ledger WHERE id < 0");
      }
      assertThat(victim.errors).containsKey("53100");
      assertThat(victim.errors.get("53100")).contains("HINT: Free space");
      Faults.checkAfterKill("others fill the disk", disk.database(), victim, ledger);
    }
  }

  @Test
  void othersFillTheDiskAtAnyMomentOfACheckpoint() {
    int refused = 0;
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES);
        Victim victim = loading(disk, 10_000)) {
      for (int round = 0; round < ROUNDS; round++) {
        victim.awaitAcknowledged(500);
        victim.tell("checkpoint");
        disk.fill(little());
        String answer = victim.later();
        refused += answer.startsWith("!") ? 1 : 0;
        if (answer.startsWith("!")) {
          Faults.assertRefusedAsFull(answer);
        }
        Faults.readsGoOnWhereTheyCan(victim, ledger);
        disk.free();
        victim.awaitAcknowledged(100);
      }
      victim.ask("stop");
      disk.grow(4 * DISK_BYTES);
      // RocksDB looks every five seconds whether there is room again.
      victim.awaitTaken("checkpoint");
      System.out.printf(
          "%s: %d of %d checkpoints refused, applying stalled %d times%n",
          STORAGE, refused, ROUNDS, victim.stalls.get());
      Faults.checkAfterKill("a full disk in a checkpoint", disk.database(), victim, ledger);
    }
  }

  @Test
  void aStatementThatFindsTheDiskFullDoesAllOrNothing() {
    int refused = 0;
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES);
        Victim victim = loading(disk, 7_000)) {
      victim.ask("stop");
      victim.ask("CREATE TABLE copy (id BIGINT PRIMARY KEY, part BIGINT, note TEXT)");
      long rows = victim.number("SELECT count(*) FROM ledger");
      for (int round = 0; round < ROUNDS; round++) {
        boolean indexes = round % 2 == 0;
        boolean before = random.nextBoolean();
        disk.fill(before ? little() : 24 * MIB);
        victim.tell(
            indexes ? "CREATE INDEX by_note ON ledger (note)" : "INSERT INTO copy TABLE ledger");
        disk.fill(before ? DISK_BYTES : little());
        String answer = victim.later();
        if (answer.startsWith("!")) {
          Faults.assertRefusedAsFull(answer);
          refused++;
        }
        Faults.readsGoOn(victim, ledger);
        boolean done = answer.startsWith("=");
        if (!indexes) {
          assertThat(victim.number("SELECT count(*) FROM copy")).isEqualTo(done ? rows : 0);
        }
        disk.free();
        if (done) {
          victim.awaitTaken(indexes ? "DROP INDEX by_note" : "TRUNCATE copy");
        }
      }
      assertThat(refused).isPositive();
      victim.awaitTaken("CREATE INDEX by_note ON ledger (note)");
      System.out.printf("%s: %d of %d statements refused%n", STORAGE, refused, ROUNDS);
      Faults.checkAfterKill("a full disk in a statement", disk.database(), victim, ledger);
    }
  }

  @Test
  void killedAndOpenedOnAFullDiskAgainAndAgain() {
    int opened = 0;
    int rounds = Math.max(2, ROUNDS / 2);
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES)) {
      try (Victim victim = loading(disk, 2_000)) {
        victim.kill();
      }
      for (int round = 1; round <= rounds; round++) {
        disk.fill(little());
        try (Victim victim = Victim.start(disk.database(), ledger, Map.of())) {
          String answer = victim.opened();
          if (answer.equals("= open")) {
            opened++;
            Faults.readsGoOn(victim, ledger);
            victim.ask("load 2 " + (round * 10_000_000L));
            victim.awaitRefusedOrAcknowledged(20);
          } else {
            Faults.assertRefusedAsFull(answer);
          }
        }
        disk.free();
        try (Victim victim = Victim.open(disk.database(), ledger)) {
          victim.ask("load 2 " + (round * 10_000_000L + 5_000_000));
          victim.awaitAcknowledged(1_000);
          Faults.checkAfterKill("opened on a full disk", disk.database(), victim, ledger);
        }
      }
    }
    System.out.printf("%s: %d of %d openings on a full disk let read%n", STORAGE, opened, rounds);
  }
}

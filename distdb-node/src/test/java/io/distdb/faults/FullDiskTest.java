// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import io.distdb.client.Client;
import java.util.Map;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A tmpfs fills under a database of which a process of its own is making use: 53100 with what and
 * where and what to do, reads go on, and so do writes when there is room, in the same process;
 * nothing is lost in a kill -9 and another opening.
 */
final class FullDiskTest {
  private static final String STORAGE = Victim.STORAGE;
  private static final long MIB = 1 << 20;
  private static final long DISK_BYTES = STORAGE.equals("rocksdb") ? 96 * MIB : 40 * MIB;
  private static final int THREADS = 4;

  private final Ledger ledger = new Ledger();

  @BeforeAll
  static void aDiskCanBeMounted() {
    String hindrance = SmallDisk.hindrance();
    if (hindrance != null) {
      System.out.println("skipped: " + hindrance);
    }
    assumeTrue(hindrance == null, hindrance);
  }

  private Victim prepared(SmallDisk disk) {
    Victim victim = Victim.open(disk.database(), ledger);
    assertThat(victim.ask(Ledger.TABLE)).isEqualTo("= 0");
    assertThat(victim.ask(Ledger.INDEX)).isEqualTo("= 0");
    return victim;
  }

  private static void assertRefusedAsFull(String answer) {
    assertThat(answer).startsWith("! 53100").contains("HINT: Free space");
  }

  private void readsGoOn(Victim victim) {
    long before = ledger.acknowledged.size();
    assertThat(victim.number("SELECT count(*) FROM ledger")).isGreaterThanOrEqualTo(before);
    long some = ledger.acknowledged.iterator().next();
    assertThat(victim.ask("SELECT note FROM ledger WHERE id = " + some))
        .isEqualTo("= " + Ledger.note(some));
  }

  private void checkAfterKill(SmallDisk disk, Victim victim) {
    victim.kill();
    try (Client client = FaultyProcess.open(disk.database(), STORAGE)) {
      ledger.check(client);
      System.out.printf(
          "%s: %d rows acknowledged and there, %d refused and not, %d of unknown outcome%n",
          STORAGE, ledger.acknowledged.size(), ledger.refused.size(), ledger.unknown.size());
    }
  }

  /** Show 6 of the storage's issue. */
  @Test
  void aLoadThatFillsTheDiskGoesOnWhenThereIsRoom() {
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES);
        Victim victim = prepared(disk)) {
      disk.fill(DISK_BYTES / 2);
      victim.ask("load " + THREADS + " 0");
      victim.awaitRefused(50);
      assertThat(victim.errors).containsKey("53100");
      assertThat(victim.errors.get("53100")).contains(disk.root().toString(), "HINT: Free space");
      readsGoOn(victim);
      assertRefusedAsFull(victim.ask("INSERT INTO ledger VALUES (-1, 0, '')"));
      disk.free();
      victim.awaitAcknowledged(2_000);
      readsGoOn(victim);
      checkAfterKill(disk, victim);
    }
  }

  @Test
  void aFullDiskIsOpenedForReadingOrRefusedAndOpensWhenThereIsRoom() {
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES)) {
      try (Victim victim = prepared(disk)) {
        victim.ask("load " + THREADS + " 0");
        victim.awaitAcknowledged(5_000);
        victim.kill();
      }
      disk.fill(0);
      try (Victim victim = Victim.start(disk.database(), ledger, Map.of())) {
        String opened = victim.opened();
        if (opened.equals("= open")) {
          readsGoOn(victim);
        } else {
          assertRefusedAsFull(opened);
        }
        System.out.println(STORAGE + " on a full disk: " + opened);
      }
      disk.free();
      try (Victim victim = Victim.open(disk.database(), ledger)) {
        victim.ask("load " + THREADS + " " + (1L << 31));
        victim.awaitAcknowledged(500);
        checkAfterKill(disk, victim);
      }
    }
  }
}

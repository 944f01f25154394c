// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

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
    Faults.assumeNothingIn(SmallDisk.hindrance());
  }

  /** Show 6 of the storage's issue. */
  @Test
  void aLoadThatFillsTheDiskGoesOnWhenThereIsRoom() {
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES);
        Victim victim = Faults.prepared(disk.database(), ledger, Map.of())) {
      disk.fill(STORAGE.equals("rocksdb") ? 38 * MIB : 6 * MIB);
      victim.ask("load " + THREADS + " 0");
      victim.awaitRefused(50);
      assertThat(victim.errors).containsKey("53100");
      assertThat(victim.errors.get("53100")).contains(disk.root().toString(), "HINT: Free space");
      Faults.readsGoOn(victim, ledger);
      disk.free();
      victim.awaitAcknowledged(500);
      Faults.readsGoOn(victim, ledger);
      Faults.checkAfterKill("a disk filled by a load", disk.database(), victim, ledger);
    }
  }

  @Test
  void aFullDiskIsOpenedForReadingOrRefusedAndOpensWhenThereIsRoom() {
    try (SmallDisk disk = SmallDisk.mount(DISK_BYTES)) {
      try (Victim victim = Faults.prepared(disk.database(), ledger, Map.of())) {
        victim.ask("load " + THREADS + " 0");
        victim.awaitAcknowledged(2_000);
        victim.kill();
      }
      disk.fill(0);
      try (Victim victim = Victim.start(disk.database(), ledger, Map.of())) {
        String opened = victim.opened();
        if (opened.equals("= open")) {
          Faults.readsGoOn(victim, ledger);
        } else {
          Faults.assertRefusedAsFull(opened);
        }
        System.out.println(STORAGE + " on a full disk: " + opened);
      }
      disk.free();
      try (Victim victim = Victim.open(disk.database(), ledger)) {
        victim.ask("load " + THREADS + " " + (1L << 31));
        victim.awaitAcknowledged(500);
        Faults.checkAfterKill("opened on a full disk", disk.database(), victim, ledger);
      }
    }
  }
}

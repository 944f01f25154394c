// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import java.nio.file.Path;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * An ext4 file system that becomes read-only under load, as it does by itself after an error of its
 * own ({@code errors=remount-ro}, and {@code trigger_fs_error}).
 */
@EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
final class ReadOnlyRemountTest {
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @TempDir private Path images;

  @BeforeEach
  void aLoopDeviceIsThere() {
    Faults.assumeNothingIn(LoopDisk.hindrance(images.resolve("probe")));
  }

  @Test
  void readsGoOnAndNothingIsAcknowledgedOrLost() {
    try (LoopDisk disk = LoopDisk.make(images.resolve("image"))) {
      for (int round = 0; round < Math.max(2, ROUNDS / 2); round++) {
        try (Victim victim =
            round == 0
                ? Faults.prepared(disk.database(), ledger, Map.of())
                : Victim.open(disk.database(), ledger)) {
          victim.ask("load 4 " + round * 10_000_000L);
          victim.awaitAcknowledged(1 + random.nextInt(3_000));
          disk.breakDown();
          victim.awaitRefused(50);
          long acknowledged = ledger.acknowledgements.get();
          Faults.readsGoOn(victim, ledger);
          assertThat(victim.ask("INSERT INTO ledger VALUES (-1, 0, '')"))
              .startsWith("! 58030")
              .doesNotContain("NO HINT");
          assertThat(victim.ask("checkpoint")).startsWith("! 58030").doesNotContain("NO HINT");
          assertThat(ledger.acknowledgements.get()).isEqualTo(acknowledged);
          assertThat(victim.errors.keySet()).isSubsetOf("08007", "58030", "57P03");
        }
        if (round == 0) {
          try (Victim victim = Victim.start(disk.database(), ledger, Map.of())) {
            String opened = victim.opened();
            System.out.println(Victim.STORAGE + " on a read-only file system: " + opened);
            assertThat(opened).startsWith("! 58030").contains("HINT: Mount the file system");
          }
        }
        disk.repair();
        Faults.check("read-only, " + round, disk.database(), ledger);
      }
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * A backup whose disk fills, and one that is killed: the database does not mind, and what is no
 * whole backup is not restored.
 */
@EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
final class BackupFaultsTest {
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);
  private static final long MIB = 1 << 20;

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @TempDir private Path directory;

  private Victim loading(Path database, long rows) {
    Victim victim = Faults.prepared(database, ledger, Map.of());
    victim.ask("load 4 0");
    victim.awaitAcknowledged(rows);
    return victim;
  }

  @Test
  void aBackupThatFillsItsOwnDiskIsRefusedAndGivesTheRoomBack() throws IOException {
    Faults.assumeNothingIn(SmallDisk.hindrance());
    Path database = directory.resolve("db");
    try (SmallDisk target = SmallDisk.mount(64 * MIB);
        Victim victim = loading(database, 4_000)) {
      for (int round = 0; round < ROUNDS; round++) {
        target.fill(random.nextLong(2 * MIB));
        Path backup = target.root().resolve("backup-" + round);
        Faults.assertRefusedAsFull(victim.ask("BACKUP TO '" + backup + "'"));
        assertThat(bytesIn(backup)).as("what is left of it").isZero();
        Faults.readsGoOn(victim, ledger);
        victim.awaitAcknowledged(100);
        target.free();
      }
      Path last = target.root().resolve("backup-0");
      victim.ask("stop");
      assertThat(victim.ask("BACKUP TO '" + last + "'")).startsWith("= ");
      restoreAndCheck(last, "restored");
      Faults.checkAfterKill("a backup fills its disk", database, victim, ledger);
    }
  }

  private static long bytesIn(Path place) throws IOException {
    if (!Files.exists(place)) {
      return 0;
    }
    try (Stream<Path> files = Files.walk(place)) {
      return files.filter(Files::isRegularFile).mapToLong(file -> file.toFile().length()).sum();
    }
  }

  private void restoreAndCheck(Path backup, String name) {
    Path restored = directory.resolve(name);
    assertThat(restore(backup, restored)).as("it is restored").isTrue();
    try (Client client = FaultyProcess.open(restored, Victim.STORAGE)) {
      ledger.check(client);
    }
  }

  /** Whether {@code ./distdb restore} takes it. */
  private static boolean restore(Path from, Path to) {
    try {
      SmallDisk.run(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-cp",
              System.getProperty("java.class.path"),
              "io.distdb.node.cli.Main",
              "restore",
              "--from",
              from.toString(),
              "--data",
              to.toString(),
              "--storage",
              Victim.STORAGE));
      return true;
    } catch (IllegalStateException refused) {
      assertThat(refused).hasMessageContaining(from.toString());
      return false;
    }
  }

  @Test
  void aBackupThatIsKilledIsWholeOrRefused() {
    Path database = directory.resolve("db");
    try (Victim victim = loading(database, 8_000)) {
      victim.ask("stop");
    }
    int whole = 0;
    for (int round = 0; round < ROUNDS; round++) {
      Path backup = directory.resolve("backup-" + round);
      try (Victim victim = Victim.open(database, ledger)) {
        victim.tell("BACKUP TO '" + backup + "'");
        victim.await(
            "the moment", Faults.elapsed(random.nextLong(TimeUnit.MILLISECONDS.toNanos(1_500))));
      }
      Path restored = directory.resolve("restored-" + round);
      if (Files.exists(backup) && restore(backup, restored)) {
        whole++;
        try (Client client = FaultyProcess.open(restored, Victim.STORAGE)) {
          ledger.check(client);
        }
      }
    }
    System.out.printf(
        "%s: of %d backups that were killed %d were whole, the others refused%n",
        Victim.STORAGE, ROUNDS, whole);
    Faults.check("killed in backups", database, ledger);
  }
}

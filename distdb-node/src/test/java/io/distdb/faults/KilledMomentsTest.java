// SPDX-License-Identifier: MIT
package io.distdb.faults;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.client.Client;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * Kill -9 at a random moment of a checkpoint, of an index being built and of a load of many rows at
 * once, with other writers at work; {@code KillNineTest} kills plain writers.
 */
@EnabledIfSystemProperty(named = "distdb.faults", matches = "full")
final class KilledMomentsTest {
  private static final int ROUNDS = Integer.getInteger("distdb.faults.rounds", 10);
  private static final long NANOS_MAX = 250_000_000;

  private final Ledger ledger = new Ledger();
  private final Random random = new Random(Faults.seed());

  @TempDir private Path directory;

  @Test
  void inACheckpoint() {
    killIn("checkpoint", client -> {});
  }

  @Test
  void whileAnIndexIsBuilt() {
    killIn(
        "CREATE INDEX by_note ON ledger (note)",
        client -> {
          client.execute("DROP INDEX IF EXISTS by_note");
          client.execute("CREATE INDEX by_note ON ledger (note)");
          long some = ledger.acknowledged.iterator().next();
          assertThat(
                  client
                      .query("SELECT id FROM ledger WHERE note = $1", Ledger.note(some))
                      .toList(row -> row.getLong(0)))
              .containsExactly(some);
          client.execute("DROP INDEX by_note");
        });
  }

  @Test
  void whileManyRowsAreLoadedAtOnce() {
    killIn(
        "INSERT INTO copy TABLE ledger",
        client -> {
          List<Long> copied = client.query("SELECT id FROM copy").toList(row -> row.getLong(0));
          List<Long> joined =
              client
                  .query("SELECT c.id FROM copy c JOIN ledger l USING (id, part, note)")
                  .toList(row -> row.getLong(0));
          assertThat(joined).as("copied rows are whole").hasSameSizeAs(copied);
          if (!copied.isEmpty()) {
            assertThat((long) copied.size()).as("all of them").isGreaterThanOrEqualTo(rowsBefore);
          }
          client.execute("TRUNCATE copy");
        });
  }

  private long rowsBefore;

  private interface After {
    void check(Client client);
  }

  private void killIn(String command, After after) {
    Path database = directory.resolve("db");
    try (Victim victim = Faults.prepared(database, ledger, Map.of())) {
      victim.ask("CREATE TABLE copy (id BIGINT PRIMARY KEY, part BIGINT, note TEXT)");
      victim.ask("load 4 0");
      victim.awaitAcknowledged(8_000);
    }
    int answered = 0;
    for (int round = 1; round <= ROUNDS; round++) {
      try (Victim victim = Victim.open(database, ledger)) {
        rowsBefore = victim.number("SELECT count(*) FROM ledger");
        victim.ask("load 2 " + round * 10_000_000L);
        victim.awaitAcknowledged(50);
        victim.tell(command);
        victim.await("the moment", Faults.elapsed(random.nextLong(NANOS_MAX)));
        answered += victim.hasAnswered() ? 1 : 0;
      }
      try (Client client = FaultyProcess.open(database, Victim.STORAGE)) {
        ledger.check(client);
        after.check(client);
      }
    }
    Faults.check(
        "killed " + (ROUNDS - answered) + " times before the answer to " + command,
        database,
        ledger);
  }
}

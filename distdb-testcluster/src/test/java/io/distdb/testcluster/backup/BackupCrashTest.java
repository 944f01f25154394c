// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.testcluster.simulation.SimulatedDatabase;
import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import java.util.List;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * The power goes at every boundary of a backup, and of a restore. Red when one that was
 * acknowledged is not there, or one that was not is taken for complete and is not whole.
 */
class BackupCrashTest {
  private static final long ROWS = 60;

  /** How far the first life came, as far as it was told. */
  private static final class Told {
    private boolean backedUp;
    private boolean restored;
    private long firstBoundary;
  }

  @ParameterizedTest
  @EnumSource(names = {"LOST", "TORN", "REORDERED"})
  void everyBoundary(CrashMode mode) {
    Told undisturbed = new Told();
    long boundaries = run(TwoLives.NEVER, mode, undisturbed);
    assertThat(undisturbed.restored).isTrue();
    assertThat(boundaries - undisturbed.firstBoundary).isGreaterThan(25);
    for (long boundary = undisturbed.firstBoundary; boundary < boundaries; boundary++) {
      run(boundary, mode, new Told());
    }
  }

  /** Returns how many boundaries there were. */
  private static long run(long boundary, CrashMode mode, Told told) {
    return new TwoLives(node -> live(node, told), node -> verify(node, told)).run(boundary, mode);
  }

  private static void live(SimulatedNode node, Told told) {
    try (Client client = SimulatedDatabase.open(node)) {
      client.execute("CREATE TABLE t (id integer PRIMARY KEY, v text)");
      client.execute("INSERT INTO t SELECT i, 'v' || i FROM generate_series(1, 60) AS g (i)");
      told.firstBoundary = node.disk().boundaries();
      SimulatedBackup.take(client, "backup");
      told.backedUp = true;
      client.execute("INSERT INTO t VALUES (1000, 'later')");
      SimulatedBackup.restore(node, "backup", "restored");
      told.restored = true;
    }
  }

  private static void verify(SimulatedNode node, Told told) {
    boolean complete = SimulatedBackup.complete(node, "backup").isPresent();
    assertThat(complete || !told.backedUp).as("the backup is there").isTrue();
    try (Client client = SimulatedDatabase.open(node)) {
      assertThat(rows(client)).isIn(ROWS, ROWS + 1);
      if (complete) {
        SimulatedBackup.restore(node, "backup", "again");
        requireRestored(node, "again");
      } else {
        assertThatThrownBy(() -> SimulatedBackup.restore(node, "backup", "again"))
            .isInstanceOfSatisfying(
                DistDbException.class,
                refused ->
                    assertThat(refused.code())
                        .isIn(
                            ErrorCode.UNDEFINED_FILE, ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE));
      }
    }
    boolean database = SimulatedBackup.isDatabase(node, "restored");
    assertThat(database || !told.restored).as("the restored database is there").isTrue();
    if (database) {
      requireRestored(node, "restored");
    }
  }

  private static void requireRestored(SimulatedNode node, String directory) {
    try (Client client = SimulatedDatabase.open(node, node.disk().directory(directory))) {
      List<String> all =
          client
              .query("SELECT id, v FROM t ORDER BY id")
              .toList(row -> row.getLong(0) + row.getString(1));
      assertThat(all).hasSize((int) ROWS).contains("1v1", "60v60");
    }
  }

  private static long rows(Client client) {
    return client.query("SELECT count(*) FROM t").toList(row -> row.getLong(0)).getFirst();
  }
}

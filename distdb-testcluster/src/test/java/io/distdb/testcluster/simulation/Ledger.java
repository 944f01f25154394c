// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * What a workload was promised, beside the database that made the promises: the rows after each
 * acknowledged commit, and those after the commit that was under way. After a crash the database
 * must hold one or the other, in the table and in each of its indexes.
 */
final class Ledger {
  record Account(String owner, long balance) {}

  private boolean tableAcknowledged;
  private boolean tableUnderWay;
  private final TreeMap<Long, Account> acknowledged = new TreeMap<>();
  private Optional<TreeMap<Long, Account>> underWay = Optional.empty();
  private int commits;

  TreeMap<Long, Account> rows() {
    return new TreeMap<>(acknowledged);
  }

  int commits() {
    return commits;
  }

  void creatingTable() {
    tableUnderWay = true;
  }

  void createdTable() {
    tableAcknowledged = true;
  }

  /** From now on a crash may leave {@code next}. */
  void committing(TreeMap<Long, Account> next) {
    underWay = Optional.of(next);
  }

  /** From now on a crash must leave it. */
  void committed() {
    underWay.ifPresent(next -> {
      acknowledged.clear();
      acknowledged.putAll(next);
    });
    underWay = Optional.empty();
    commits++;
  }

  /** Compares with what {@code session} sees, and settles on it. */
  void verify(Session session) {
    boolean tableThere = tableExists(session);
    if (tableAcknowledged) {
      assertThat(tableThere).as("an acknowledged table is there").isTrue();
    }
    if (!tableThere) {
      return;
    }
    assertThat(tableAcknowledged || tableUnderWay).as("nothing that was never asked for").isTrue();
    tableAcknowledged = true;
    TreeMap<Long, Account> found = scan(session, "SELECT id, owner, balance FROM account");
    if (!found.equals(acknowledged)) {
      assertThat(underWay).as("acknowledged %s, found %s", acknowledged, found).hasValue(found);
      committed();
    }
    underWay = Optional.empty();
    verifyIndexes(session, found);
  }

  private static void verifyIndexes(Session session, TreeMap<Long, Account> rows) {
    for (String owner : List.of("ann", "bob", "cid", "dee")) {
      TreeMap<Long, Account> expected = new TreeMap<>(rows);
      expected.values().removeIf(account -> !account.owner().equals(owner));
      String query = "SELECT id, owner, balance FROM account WHERE owner = '" + owner + "'";
      assertThat(scan(session, query)).as("rows of %s by index", owner).isEqualTo(expected);
    }
  }

  private static boolean tableExists(Session session) {
    try {
      scan(session, "SELECT id, owner, balance FROM account WHERE id = -1");
      return true;
    } catch (io.distdb.api.error.DistDbException missing) {
      if (missing.sqlState().equals("42P01")) {
        return false;
      }
      throw missing;
    }
  }

  private static TreeMap<Long, Account> scan(Session session, String sql) {
    TreeMap<Long, Account> found = new TreeMap<>();
    List<Long> ids = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows result) {
      try (ResultRows rows = result.rows()) {
        while (rows.next()) {
          ids.add(rows.getLong(0));
          found.put(rows.getLong(0), new Account(rows.getString(1), rows.getLong(2)));
        }
      }
    }
    assertThat(ids).as("no row comes twice").hasSize(found.size());
    return found;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.simulation;

import io.distdb.client.Client;
import io.distdb.sql.session.Session;
import io.distdb.testcluster.simulation.Ledger.Account;
import io.distdb.testkit.SeededRandom;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;

/**
 * One session's worth of everything that writes: tables, indexes of both kinds on rows, inserts,
 * transfers in transactions, deletes, checkpoints. Every step first tells the ledger.
 */
final class MixedWorkload {
  private static final List<String> OWNERS = List.of("ann", "bob", "cid", "dee");

  private final Client client;
  private final Ledger ledger;
  private final SeededRandom random;
  private long nextId;

  MixedWorkload(Client client, Ledger ledger, SeededRandom random) {
    this.client = client;
    this.ledger = ledger;
    this.random = random;
    nextId = ledger.rows().isEmpty() ? 1 : ledger.rows().lastKey() + 1;
  }

  /** Creates the schema, then takes {@code steps} steps. */
  void run(int steps) {
    try (Session session = client.newSession()) {
      ledger.creatingTable();
      session.execute(
          "CREATE TABLE IF NOT EXISTS account"
              + " (id BIGINT PRIMARY KEY, owner TEXT NOT NULL, balance BIGINT NOT NULL)");
      ledger.createdTable();
      for (int step = 0; step < steps; step++) {
        step(session, step);
      }
    }
  }

  private void step(Session session, int step) {
    switch (step % 12) {
      case 3 -> session.execute("CREATE INDEX IF NOT EXISTS account_owner ON account (owner)");
      case 6 -> session.execute("DROP INDEX IF EXISTS account_owner");
      case 7 -> session.execute("CREATE INDEX account_hash ON account (owner) USING HASH");
      case 10 -> session.execute("DROP INDEX account_hash ON account");
      case 5, 9 -> client.checkpoint();
      case 11 -> delete(session);
      case 0, 4 -> insert(session);
      default -> transfer(session);
    }
  }

  private void insert(Session session) {
    TreeMap<Long, Account> rows = ledger.rows();
    List<String> tuples = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      long id = nextId++;
      String owner = OWNERS.get((int) random.between(0, OWNERS.size() - 1));
      rows.put(id, new Account(owner, 100));
      tuples.add("(" + id + ", '" + owner + "', 100)");
    }
    ledger.committing(rows);
    session.execute("INSERT INTO account VALUES " + String.join(", ", tuples));
    ledger.committed();
  }

  private void transfer(Session session) {
    TreeMap<Long, Account> rows = ledger.rows();
    List<Long> ids = new ArrayList<>(rows.keySet());
    long from = ids.get((int) random.between(0, ids.size() - 1));
    long to = ids.get((int) random.between(0, ids.size() - 1));
    long amount = random.between(1, 9);
    String owner = OWNERS.get((int) random.between(0, OWNERS.size() - 1));
    rows.compute(from, (id, account) -> new Account(account.owner(), account.balance() - amount));
    rows.compute(to, (id, account) -> new Account(owner, account.balance() + amount));
    session.execute("BEGIN");
    session.execute("UPDATE account SET balance = balance - " + amount + " WHERE id = " + from);
    session.execute(
        "UPDATE account SET balance = balance + "
            + amount
            + ", owner = '"
            + owner
            + "' WHERE id = "
            + to);
    ledger.committing(rows);
    session.execute("COMMIT");
    ledger.committed();
  }

  private void delete(Session session) {
    TreeMap<Long, Account> rows = ledger.rows();
    long id = rows.firstKey();
    rows.remove(id);
    ledger.committing(rows);
    session.execute("DELETE FROM account WHERE id = " + id);
    ledger.committed();
  }
}

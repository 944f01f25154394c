// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.client.Result;
import io.distdb.client.Tx;
import java.nio.file.Path;

/** DistDB through its own client; all threads share one. */
final class DistDbContender implements Contender {
  private static final long LOAD_BATCH = 10_000;
  private static final String INSERT = "INSERT INTO item VALUES ($1, $2, $3, $4, $5)";

  private final Client client;
  private final String durability;

  private DistDbContender(Client client, String durability) {
    this.client = client;
    this.durability = durability;
  }

  static DistDbContender inMemory() {
    return new DistDbContender(Client.open(), "none");
  }

  static DistDbContender synced(Path directory) {
    return new DistDbContender(
        Client.open(directory.resolve("distdb")), "journal forced at every commit (sync)");
  }

  @Override
  public String durability() {
    return durability;
  }

  @Override
  public void load(long rows) {
    createTable(client);
    for (long from = 0; from < rows; from += LOAD_BATCH) {
      load(client, from, Math.min(rows, from + LOAD_BATCH));
    }
  }

  static void createTable(Client client) {
    client.execute(
        "CREATE TABLE item (id BIGINT PRIMARY KEY, category INTEGER, name TEXT,"
            + " quantity INTEGER, note TEXT)");
    client.execute("CREATE INDEX item_category ON item (category)");
  }

  /** Rows {@code from} to {@code to}, exclusive, as one transaction. */
  static void load(Client client, long from, long to) {
    client.transaction((Tx tx) -> {
      PreparedStatement insert = tx.prepare(INSERT);
      for (long id = from; id < to; id++) {
        insert(insert, id);
      }
    });
  }

  private static void insert(PreparedStatement insert, long id) {
    insert.execute(id, Rows.category(id), Rows.name(id), Rows.quantity(id), Rows.note(id));
  }

  @Override
  public Worker newWorker() {
    PreparedStatement select = client.prepare("SELECT " + COLUMNS + " FROM item WHERE id = $1");
    PreparedStatement update = client.prepare("UPDATE item SET quantity = $1 WHERE id = $2");
    PreparedStatement insert = client.prepare(INSERT);
    return new Worker() {
      @Override
      public long selectPrepared(long id) {
        try (Result row = select.query(id)) {
          return digest(row);
        }
      }

      @Override
      public long selectLiteral(long id) {
        try (Result row = client.query("SELECT " + COLUMNS + " FROM item WHERE id = " + id)) {
          return digest(row);
        }
      }

      @Override
      public long update(long id, int quantity) {
        return update.execute(quantity, id);
      }

      @Override
      public void insert(long id) {
        DistDbContender.insert(insert, id);
      }

      @Override
      public void close() {}
    };
  }

  private static long digest(Result row) {
    if (!row.next()) {
      throw new IllegalStateException("the row is not there");
    }
    return row.getLong(0)
        + row.getInt(1)
        + row.getString(2).length()
        + row.getInt(3)
        + row.getString(4).length();
  }

  @Override
  public void close() {
    client.close();
  }
}

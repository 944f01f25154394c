// SPDX-License-Identifier: MIT
package io.distdb.testcluster.isolation;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.client.Client;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.testkit.txn.ListAppendWorkload;
import java.util.ArrayList;
import java.util.List;

/**
 * Lists as rows: a row for each list with its length, and a row for each element, found by an
 * index. To append raises the length, which locks the list, and inserts the element at that place.
 */
final class SqlLists implements ListAppendWorkload.Connection, AutoCloseable {
  private final Session session;
  private final IsolationLevel level;

  SqlLists(Client client, IsolationLevel level) {
    session = client.newSession();
    this.level = level;
  }

  /** The tables; a no-op when an earlier life made them. */
  static void create(Client client) {
    client.execute("CREATE TABLE IF NOT EXISTS list (id BIGINT PRIMARY KEY, length BIGINT)");
    client.execute(
        "CREATE TABLE IF NOT EXISTS element"
            + " (id BIGINT PRIMARY KEY, list BIGINT NOT NULL, place BIGINT NOT NULL)");
    client.execute("CREATE INDEX IF NOT EXISTS element_list ON element (list)");
  }

  @Override
  public void begin(boolean readOnly) {
    session.execute(
        "BEGIN ISOLATION LEVEL "
            + level.name().replace('_', ' ')
            + (readOnly ? " READ ONLY" : " READ WRITE"));
  }

  @Override
  public List<Long> read(long key) {
    return longs("SELECT id FROM element WHERE list = " + key + " ORDER BY place");
  }

  @Override
  public void append(long key, long value) {
    StatementResult.Command raised =
        (StatementResult.Command)
            session.execute("UPDATE list SET length = length + 1 WHERE id = " + key);
    if (raised.rows() == 0) {
      insertList(key);
    }
    long place = longs("SELECT length FROM list WHERE id = " + key).get(0);
    session.execute("INSERT INTO element VALUES (" + value + ", " + key + ", " + place + ")");
  }

  /** Two who find no list both insert it: the second is told so, and tries the whole again. */
  private void insertList(long key) {
    try {
      session.execute("INSERT INTO list VALUES (" + key + ", 1)");
    } catch (DistDbException refused) {
      if (refused.code() != ErrorCode.UNIQUE_VIOLATION) {
        throw refused;
      }
      throw new DistDbException(
          ErrorCode.SERIALIZATION_FAILURE, "another transaction began list " + key, refused);
    }
  }

  @Override
  public void commit() {
    session.execute("COMMIT");
  }

  @Override
  public void rollback() {
    session.execute("ROLLBACK");
  }

  @Override
  public void close() {
    session.close();
  }

  private List<Long> longs(String sql) {
    List<Long> values = new ArrayList<>();
    if (session.execute(sql) instanceof StatementResult.Rows result) {
      try (ResultRows rows = result.rows()) {
        while (rows.next()) {
          values.add(rows.getLong(0));
        }
      }
    }
    return values;
  }
}

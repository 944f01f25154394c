// SPDX-License-Identifier: MIT
package io.distdb.testcluster.session;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.type.Value;
import io.distdb.client.Client;
import io.distdb.sql.session.Prepared;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Runs of one plan in one session share vectors and writers, and nothing else. */
class RepeatedRunsTest {
  private Client client;
  private Session session;

  @BeforeEach
  void open() {
    client = Client.open();
    session = client.newSession();
    session.execute("CREATE TABLE t (id integer PRIMARY KEY, s text, n integer NOT NULL)");
    session.execute("CREATE INDEX t_s ON t (s)");
  }

  @AfterEach
  void close() {
    session.close();
    client.close();
  }

  private static long count(StatementResult result) {
    return ((StatementResult.Command) result).rows();
  }

  private String row(int id) {
    StatementResult.Rows result =
        (StatementResult.Rows) session.execute("SELECT s, n FROM t WHERE id = " + id);
    try (ResultRows rows = result.rows()) {
      return rows.next() ? rows.get(0) + " " + rows.get(1) : "none";
    }
  }

  private static String row(Value text, int number) {
    return text + " " + Value.of(number);
  }

  private static Value text(String text) {
    return Value.of(text);
  }

  @Test
  void insertTakesNothingFromTheRunBefore() {
    Prepared insert = session.prepare("INSERT INTO t VALUES ($1, $2, $3)");
    insert.execute(Value.of(1), text("a long text, to be forgotten"), Value.of(10));
    insert.execute(Value.of(2), Value.NULL, Value.of(20));
    insert.execute(Value.of(3), text(""), Value.of(30));
    assertThat(row(1)).isEqualTo(row(text("a long text, to be forgotten"), 10));
    assertThat(row(2)).isEqualTo(row(Value.NULL, 20));
    assertThat(row(3)).isEqualTo(row(text(""), 30));
  }

  @Test
  void updateTakesNothingFromTheRunBefore() {
    session.execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2), (3, NULL, 3)");
    Prepared update = session.prepare("UPDATE t SET s = $1, n = n + $2 WHERE id = $3 AND s = $4");
    assertThat(count(update.execute(text("x"), Value.of(5), Value.of(1), text("a")))).isEqualTo(1);
    assertThat(count(update.execute(text("y"), Value.of(5), Value.of(1), text("a")))).isEqualTo(0);
    assertThat(count(update.execute(Value.NULL, Value.of(7), Value.of(2), text("b")))).isOne();
    assertThat(count(update.execute(text("z"), Value.of(7), Value.of(3), text("b")))).isZero();
    assertThat(row(1)).isEqualTo(row(text("x"), 6));
    assertThat(row(2)).isEqualTo(row(Value.NULL, 9));
    assertThat(row(3)).isEqualTo(row(Value.NULL, 3));
  }

  @Test
  void whatAnExpressionRemembersEndsWithItsRun() {
    session.execute("INSERT INTO t VALUES (1, 'apple', 1), (2, 'bread', 2)");
    Prepared update =
        session.prepare("UPDATE t SET n = n * 10 WHERE id = $1 AND s LIKE $2 AND n IN ($3, $4)");
    assertThat(count(update.execute(Value.of(1), text("a%"), Value.of(1), Value.of(3)))).isOne();
    assertThat(count(update.execute(Value.of(2), text("a%"), Value.of(2), Value.of(3)))).isZero();
    assertThat(count(update.execute(Value.of(2), text("b%"), Value.of(1), Value.of(3)))).isZero();
    assertThat(count(update.execute(Value.of(2), text("b%"), Value.of(3), Value.of(2)))).isOne();
    assertThat(row(2)).isEqualTo(row(text("bread"), 20));
  }

  @Test
  void runAfterAFailedOneStartsAfresh() {
    session.execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'b', 2)");
    Prepared insert = session.prepare("INSERT INTO t VALUES ($1, $2, $3)");
    insert.execute(Value.of(3), text("c"), Value.of(3));
    assertThatThrownBy(() -> insert.execute(Value.of(1), text("d"), Value.of(4)))
        .isInstanceOf(DistDbException.class)
        .hasMessageContaining("t_pkey");
    insert.execute(Value.of(4), Value.NULL, Value.of(4));
    assertThat(row(4)).isEqualTo(row(Value.NULL, 4));

    Prepared move = session.prepare("UPDATE t SET id = $1 WHERE id = $2");
    assertThatThrownBy(() -> move.execute(Value.of(2), Value.of(1)))
        .isInstanceOf(DistDbException.class)
        .hasMessageContaining("t_pkey");
    assertThat(count(move.execute(Value.of(5), Value.of(1)))).isOne();
    assertThat(row(1)).isEqualTo("none");
    assertThat(row(5)).isEqualTo(row(text("a"), 1));
  }

  @Test
  void moreRowsThanBeforeAndFewerAgain() {
    session.execute("INSERT INTO t VALUES (1, 'a', 1), (2, 'a', 2), (3, 'a', 3), (4, 'b', 4)");
    Prepared update = session.prepare("UPDATE t SET n = n + 1 WHERE s = $1");
    assertThat(count(update.execute(text("b")))).isEqualTo(1);
    assertThat(count(update.execute(text("a")))).isEqualTo(3);
    assertThat(count(update.execute(text("b")))).isEqualTo(1);
    assertThat(count(update.execute(text("c")))).isEqualTo(0);
    assertThat(row(3)).isEqualTo(row(text("a"), 4));
    assertThat(row(4)).isEqualTo(row(text("b"), 6));
    Prepared delete = session.prepare("DELETE FROM t WHERE s = $1");
    assertThat(count(delete.execute(text("b")))).isEqualTo(1);
    assertThat(count(delete.execute(text("a")))).isEqualTo(3);
    assertThat(count(delete.execute(text("b")))).isEqualTo(0);
  }
}

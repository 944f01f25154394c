// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.txn.IsolationLevel;
import io.distdb.api.type.SqlType;
import io.distdb.sql.session.ResultColumn;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class ClientTest {
  private final ClientPlace place = newPlace();
  private Client client;

  ClientPlace newPlace() {
    return new ClientPlace.Embedded();
  }

  @BeforeEach
  void open() {
    client = place.open();
    client.execute("CREATE TABLE account (id BIGINT PRIMARY KEY, owner TEXT, balance INTEGER)");
    client.execute("INSERT INTO account VALUES (1, 'ada', 100), (2, NULL, 50)");
  }

  @AfterEach
  void close() {
    place.close();
  }

  private static void fails(ErrorCode code, ThrowingCallable call) {
    assertThatThrownBy(call)
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code));
  }

  private int total() {
    return client.query("SELECT balance FROM account").toList(row -> row.getInt(0)).stream()
        .mapToInt(Integer::intValue)
        .sum();
  }

  @Test
  void rowsAreReadByPositionAndName() {
    try (Result result = client.query("SELECT id, owner, balance FROM account ORDER BY id")) {
      assertThat(result.columns())
          .extracting(ResultColumn::name, ResultColumn::type)
          .containsExactly(
              tuple("id", SqlType.BIGINT),
              tuple("owner", SqlType.TEXT),
              tuple("balance", SqlType.INTEGER));
      assertThat(result.next()).isTrue();
      assertThat(result.getLong(0)).isEqualTo(1);
      assertThat(result.getString("owner")).isEqualTo("ada");
      assertThat(result.getInt("balance")).isEqualTo(100);
      assertThat(result.getLong("balance")).isEqualTo(100);
      assertThat(result.get("balance")).isEqualTo(100);
      assertThat(result.next()).isTrue();
      assertThat(result.isNull("owner")).isTrue();
      assertThat(result.getString(1)).isNull();
      assertThat(result.get(1)).isNull();
      fails(ErrorCode.UNDEFINED_COLUMN, () -> result.getLong("salary"));
      assertThat(result.next()).isFalse();
      assertThat(result.next()).isFalse();
      fails(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, () -> result.getLong(0));
    }
  }

  @Test
  void parametersOfEveryKindAreTaken() {
    client.execute(
        "CREATE TABLE kinds (b BOOLEAN, i INTEGER, l BIGINT, d DOUBLE PRECISION, t TEXT)");
    String insert = "INSERT INTO kinds VALUES ($1, $2, $3, $4, $5)";
    assertThat(client.execute(insert, true, 1L, 2, 3.5, "x")).isEqualTo(1);
    assertThat(client.execute(insert, null, (short) 1, (byte) 2, 0.5f, new StringBuilder("y")))
        .isEqualTo(1);
    assertThat(client.query("SELECT b, i, l, d, t FROM kinds ORDER BY t").toList(row -> row.get(0)))
        .containsExactly(true, null);
    fails(
        ErrorCode.NUMERIC_VALUE_OUT_OF_RANGE,
        () -> client.execute(insert, true, 1L << 40, 1, 1, ""));
    fails(ErrorCode.INVALID_PARAMETER_VALUE, () -> client.execute(insert, true, 1));
    fails(
        ErrorCode.INVALID_PARAMETER_VALUE,
        () -> client.execute(insert, true, 1, 1, 1.0, List.of()));
  }

  @Test
  void executeAnswersTheNumberOfRows() {
    assertThat(client.execute("UPDATE account SET balance = balance + 1")).isEqualTo(2);
    assertThat(client.execute("DELETE FROM account WHERE id = $1", 7)).isZero();
    assertThat(client.execute("SELECT id FROM account")).isEqualTo(2);
    assertThat(client.execute("CREATE TABLE other (id BIGINT)")).isZero();
    fails(ErrorCode.WRONG_OBJECT_TYPE, () -> client.query("DELETE FROM account WHERE id = 7"));
  }

  @Test
  void preparedStatementsSurviveSchemaChangesAndServeManyThreads() throws Exception {
    PreparedStatement select = client.prepare("SELECT balance FROM account WHERE id = $1");
    try (Result row = select.query(1)) {
      assertThat(row.next()).isTrue();
    }
    client.execute("CREATE INDEX by_owner ON account (owner)");
    List<Thread> threads = new ArrayList<>();
    AtomicInteger right = new AtomicInteger();
    for (int i = 0; i < 64; i++) {
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int k = 0; k < 200; k++) {
                  int id = 1 + k % 2;
                  try (Result row = select.query(id)) {
                    if (row.next() && row.getInt(0) == 150 - 50 * id) {
                      right.incrementAndGet();
                    }
                  }
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(right).hasValue(64 * 200);
    fails(ErrorCode.UNDEFINED_TABLE, () -> client.prepare("SELECT 1 FROM nowhere"));
    fails(ErrorCode.INVALID_PARAMETER_VALUE, () -> select.query(1, 2));
  }

  @Test
  void resultsMayBeOpenSideBySide() {
    try (Result outer = client.query("SELECT id FROM account ORDER BY id")) {
      assertThat(outer.next()).isTrue();
      client.execute("UPDATE account SET balance = 0 WHERE id = $1", outer.getLong(0));
      assertThat(outer.next()).isTrue();
      assertThat(outer.getLong(0)).isEqualTo(2);
    }
    assertThat(total()).isEqualTo(50);
  }

  @Test
  void aTransactionIsAllOrNothing() {
    client.transaction(tx -> {
      tx.execute("UPDATE account SET balance = balance - 30 WHERE id = $1", 1);
      tx.execute("UPDATE account SET balance = balance + 30 WHERE id = $1", 2);
    });
    assertThat(total()).isEqualTo(150);
    assertThatThrownBy(() ->
            client.transaction(tx -> {
              tx.execute("DELETE FROM account");
              throw new java.io.IOException("the body changed its mind");
            }))
        .isInstanceOf(java.io.IOException.class);
    assertThat(total()).isEqualTo(150);
    int answer =
        client.transactionResult(
            IsolationLevel.SERIALIZABLE,
            tx -> {
              try (Result row = tx.query("SELECT balance FROM account WHERE id = 2")) {
                row.next();
                return row.getInt(0);
              }
            });
    assertThat(answer).isEqualTo(80);
  }

  @Test
  void aBodyThatHidesAnErrorIsToldSo() {
    fails(
        ErrorCode.IN_FAILED_TRANSACTION,
        () ->
            client.transaction(tx -> {
              tx.execute("DELETE FROM account");
              fails(ErrorCode.DIVISION_BY_ZERO, () -> tx.execute("SELECT 1 / 0"));
            }));
    assertThat(total()).isEqualTo(150);
  }

  @Test
  void aHandleEndsWithItsTransaction() {
    List<Tx> kept = new ArrayList<>();
    client.transaction(kept::add);
    fails(ErrorCode.NO_ACTIVE_TRANSACTION, () -> kept.getFirst().execute("SELECT 1"));
  }

  /** Both read before either writes: at REPEATABLE READ one of them must run again. */
  @Test
  void aTransactionThatLostARaceIsRunAgain() {
    AtomicInteger runs = new AtomicInteger();
    client.transaction(
        IsolationLevel.REPEATABLE_READ,
        tx -> {
          int balance;
          try (Result row = tx.query("SELECT balance FROM account WHERE id = 1")) {
            row.next();
            balance = row.getInt(0);
          }
          if (runs.incrementAndGet() == 1) {
            client.execute("UPDATE account SET balance = balance + 1 WHERE id = 1");
          }
          tx.execute("UPDATE account SET balance = $1 WHERE id = 1", balance + 10);
        });
    assertThat(runs).hasValue(2);
    assertThat(total()).isEqualTo(161);
  }

  @Test
  void transfersOfManyThreadsKeepTheTotal() throws Exception {
    List<Thread> threads = new ArrayList<>();
    AtomicInteger done = new AtomicInteger();
    for (int i = 0; i < 8; i++) {
      int from = 1 + i % 2;
      threads.add(
          Thread.ofPlatform()
              .start(() -> {
                for (int k = 0; k < 50; k++) {
                  client.transaction(
                      IsolationLevel.SERIALIZABLE,
                      tx -> {
                        tx.execute("UPDATE account SET balance = balance - 1 WHERE id = $1", from);
                        tx.execute(
                            "UPDATE account SET balance = balance + 1 WHERE id = $1", 3 - from);
                      });
                  done.incrementAndGet();
                }
              }));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(done).hasValue(400);
    assertThat(total()).isEqualTo(150);
  }

  @Test
  void blocksCannotBeOpenedOnAClient() {
    assertThatThrownBy(() -> client.execute("BEGIN"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure ->
                assertThat(failure.hint().orElseThrow()).contains("transaction", "newSession"));
    client.execute("UPDATE account SET balance = 0");
    assertThat(total()).isZero();
    fails(ErrorCode.FEATURE_NOT_SUPPORTED, () -> client.transaction(tx -> tx.execute("COMMIT")));
  }

  @Test
  void aFailedStatementHarmsNoOther() {
    fails(ErrorCode.DIVISION_BY_ZERO, () -> client.execute("SELECT 1 / 0"));
    fails(
        ErrorCode.DIVISION_BY_ZERO, () -> client.query("SELECT 1 / (id - 1) FROM account").next());
    fails(
        ErrorCode.UNIQUE_VIOLATION, () -> client.execute("INSERT INTO account VALUES (1, '', 0)"));
    assertThat(total()).isEqualTo(150);
  }

  @Test
  void aClosedClientSaysSo() {
    client.close();
    client.close();
    fails(ErrorCode.CONNECTION_CLOSED, () -> client.execute("SELECT 1"));
  }

  @Test
  void aNullArrayOfParametersIsRefused() {
    try (Client own = Client.open()) {
      own.execute("CREATE TABLE holder (name TEXT)");
      fails(
          ErrorCode.INVALID_PARAMETER_VALUE,
          () -> own.query("SELECT $1::text IS NULL", (Object[]) null));
      fails(
          ErrorCode.INVALID_PARAMETER_VALUE,
          () -> own.prepare("INSERT INTO holder VALUES ($1)").execute((Object[]) null));
      assertThat(own.execute("INSERT INTO holder VALUES ($1)", (Object) null)).isEqualTo(1);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.TransactionStatus;
import java.io.InputStream;
import java.util.AbstractList;
import java.util.List;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Stream;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** One caller's settings, interrupts and accidents are not the next one's. */
final class SharedSessionsTest {
  private static final String ENDLESS = "SELECT count(*) FROM generate_series(1, 1000000000000)";

  private final ClientPlace place = new ClientPlace.Embedded();
  private final Client client = place.open();

  @BeforeEach
  void createTable() {
    client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
  }

  @AfterEach
  void close() {
    place.close();
  }

  private static DistDbException fails(ErrorCode code, ThrowingCallable call) {
    DistDbException failure = catchThrowableOfType(DistDbException.class, call::call);
    assertThat(failure).isNotNull();
    assertThat(failure.code()).as(failure.getMessage()).isEqualTo(code);
    return failure;
  }

  private String show(String setting) {
    return client.queryValue("SHOW " + setting, String.class);
  }

  private long rows() {
    return client.queryValue("SELECT count(*) FROM t", Long.class);
  }

  // --- settings ---

  @Test
  void whatIsSetIsNotForTheNextCaller() {
    String before = show("search_path");
    client.execute("SET search_path = nowhere");
    client.execute("SET statement_timeout = '5s'");
    client.queryValue("SELECT set_config('application_name', 'me', false)", String.class);
    assertThat(show("search_path")).isEqualTo(before);
    assertThat(show("statement_timeout")).isEqualTo("0");
    assertThat(show("application_name")).isEmpty();
  }

  @Test
  void aSettingHoldsForItsTransactionAndNoLonger() {
    client.transaction(tx -> {
      tx.execute("SET TIME ZONE 'Europe/Berlin'");
      tx.execute("INSERT INTO t VALUES (1)");
      assertThat(tx.queryValue("SHOW timezone", String.class)).isEqualTo("Europe/Berlin");
    });
    assertThat(show("timezone")).isEqualTo("UTC");
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aReadOnlyCallerDoesNotMakeOthersReadOnly() {
    client.execute("SET default_transaction_read_only = on");
    assertThat(client.execute("INSERT INTO t VALUES (1)")).isEqualTo(1);
  }

  @Test
  void namedStatementsAndSequencesAreForgotten() {
    client.execute("CREATE SEQUENCE s");
    client.execute("PREPARE p AS SELECT 1");
    client.queryValue("SELECT nextval('s')", Long.class);
    fails(ErrorCode.INVALID_STATEMENT_NAME, () -> client.execute("EXECUTE p"));
    fails(
        ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE,
        () -> client.queryValue("SELECT lastval()", Long.class));
  }

  @Test
  void aSessionOfOnesOwnKeepsItsSettings() {
    try (Session session = client.newSession()) {
      session.execute("SET application_name = 'mine'");
      session.execute("BEGIN");
      assertThatThrownBy(session::reset).hasMessageContaining("transaction block");
      session.execute("COMMIT");
      session.reset();
      session.execute("SET application_name = 'again'");
    }
    assertThat(show("application_name")).isEmpty();
  }

  // --- interrupts ---

  @Test
  void anInterruptEndsAStatementThatComputes() {
    Thread.currentThread().interrupt();
    fails(ErrorCode.QUERY_CANCELED, () -> client.execute(ENDLESS));
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(rows()).isZero();
  }

  @Test
  void anInterruptRollsItsTransactionBack() {
    fails(
        ErrorCode.QUERY_CANCELED,
        () ->
            client.transaction(tx -> {
              tx.execute("INSERT INTO t VALUES (1)");
              Thread.currentThread().interrupt();
              tx.execute(ENDLESS);
            }));
    assertThat(Thread.interrupted()).isTrue();
    assertThat(rows()).isZero();
    assertThat(client.execute("INSERT INTO t VALUES (1)")).as("no lock is left").isEqualTo(1);
  }

  @Test
  void anInterruptEndsAWaitForALock() throws InterruptedException {
    client.execute("INSERT INTO t VALUES (1)");
    AtomicReference<DistDbException> failure = new AtomicReference<>();
    client.transaction(holder -> {
      holder.execute("DELETE FROM t");
      Thread other =
          Thread.ofPlatform()
              .start(() ->
                  failure.set(
                      catchThrowableOfType(
                          DistDbException.class, () -> client.execute("DELETE FROM t"))));
      other.interrupt();
      other.join();
    });
    assertThat(failure.get().code()).isEqualTo(ErrorCode.QUERY_CANCELED);
    assertThat(rows()).isZero();
  }

  // --- accidents ---

  static Stream<org.junit.jupiter.params.provider.Arguments> accidents() {
    return Stream.of(
        org.junit.jupiter.params.provider.Arguments.of(
            new StackOverflowError(), ErrorCode.STATEMENT_TOO_COMPLEX),
        org.junit.jupiter.params.provider.Arguments.of(
            new OutOfMemoryError("Java heap space"), ErrorCode.OUT_OF_MEMORY),
        org.junit.jupiter.params.provider.Arguments.of(
            new IllegalStateException("a fault"), ErrorCode.INTERNAL_ERROR));
  }

  private static void raise(Throwable accident) {
    if (accident instanceof Error error) {
      throw error;
    }
    throw (RuntimeException) accident;
  }

  /** Rows 1, 2, …, and then {@code accident}. */
  private static InputStream brokenAfter(int lines, Throwable accident) {
    return new InputStream() {
      private int given;

      @Override
      public int read() {
        if (given == lines * 2) {
          raise(accident);
        }
        int at = given++;
        return at % 2 == 0 ? '1' + at / 2 : '\n';
      }

      @Override
      public int read(byte[] target, int from, int length) {
        target[from] = (byte) read();
        return 1;
      }
    };
  }

  @ParameterizedTest
  @MethodSource("accidents")
  void whatBreaksAStatementIsItsErrorAndChangesNothing(Throwable accident, ErrorCode code) {
    DistDbException failure =
        fails(code, () -> client.copyIn("COPY t FROM STDIN", brokenAfter(3, accident)));
    assertThat(failure).hasCause(accident);
    assertThat(rows()).isZero();
    assertThat(client.execute("INSERT INTO t VALUES (1)")).isEqualTo(1);
  }

  @ParameterizedTest
  @MethodSource("accidents")
  void aTransactionThatMetOneCannotCommit(Throwable accident, ErrorCode code) {
    List<Object[]> runs =
        new AbstractList<>() {
          @Override
          public Object[] get(int run) {
            if (run == 2) {
              raise(accident);
            }
            return new Object[] {run};
          }

          @Override
          public int size() {
            return 4;
          }
        };
    fails(
        ErrorCode.IN_FAILED_TRANSACTION,
        () ->
            client.transaction(tx ->
                fails(code, () -> tx.prepare("INSERT INTO t VALUES ($1)").executeBatch(runs))));
    assertThat(rows()).isZero();
  }

  @Test
  void aStackThatIsTooSmallIsTheStatementsErrorAndNobodyElses() throws InterruptedException {
    String deep = "SELECT " + "(1 + ".repeat(95) + "1" + ")".repeat(95);
    assertThat(client.queryValue(deep, Integer.class)).isEqualTo(96);
    AtomicReference<DistDbException> failure = new AtomicReference<>();
    AtomicReference<TransactionStatus> after = new AtomicReference<>();
    try (Session session = client.newSession()) {
      Thread small =
          new Thread(
              null,
              () -> {
                failure.set(
                    catchThrowableOfType(DistDbException.class, () -> session.prepare(deep)));
                after.set(session.transactionStatus());
              },
              "small stack",
              128 << 10);
      small.start();
      small.join();
      assertThat(failure.get().code()).isEqualTo(ErrorCode.STATEMENT_TOO_COMPLEX);
      assertThat(failure.get()).hasMessage("stack depth limit exceeded");
      assertThat(after.get()).isEqualTo(TransactionStatus.IDLE);
      assertThat(session.execute("INSERT INTO t VALUES (1)").toString()).contains("rows=1");
    }
  }
}

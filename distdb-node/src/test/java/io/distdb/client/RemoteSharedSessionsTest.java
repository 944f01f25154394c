// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** Over the network too one caller's settings and interrupts are not the next one's. */
final class RemoteSharedSessionsTest {
  private static final String ENDLESS = "SELECT count(*) FROM generate_series(1, 1000000000000)";

  private final ClientPlace.Remote place = new ClientPlace.Remote();
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

  @Test
  void whatIsSetIsNotForTheNextCaller() {
    String before = client.queryValue("SHOW search_path", String.class);
    client.execute("SET search_path = nowhere");
    assertThat(client.queryValue("SHOW search_path", String.class)).isEqualTo(before);
    assertThat(client.queryValue("SHOW TimeZone", String.class)).isEqualTo("UTC");
  }

  @Test
  void anInterruptEndsAStatementThatComputes() {
    Thread.currentThread().interrupt();
    fails(ErrorCode.QUERY_CANCELED, () -> client.execute(ENDLESS));
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(client.execute("INSERT INTO t VALUES (1)")).isEqualTo(1);
  }

  @Test
  void anInterruptedThreadGivesItsTransactionUp() {
    client.execute("INSERT INTO t VALUES (1)");
    fails(
        ErrorCode.QUERY_CANCELED,
        () ->
            client.transaction(tx -> {
              tx.execute("DELETE FROM t");
              Thread.currentThread().interrupt();
              tx.execute("INSERT INTO t VALUES (2)");
            }));
    assertThat(Thread.interrupted()).as("the thread stays interrupted").isTrue();
    assertThat(client.queryValue("SELECT id FROM t", Long.class)).isEqualTo(1);
    assertThat(client.execute("DELETE FROM t")).as("no lock is left").isEqualTo(1);
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
    assertThat(client.queryValue("SELECT count(*) FROM t", Long.class)).isZero();
    assertThat(client.execute("INSERT INTO t VALUES (1)")).as("no lock is left").isEqualTo(1);
  }

  @Test
  void errorsHaveWhatTheServerSaid() {
    client.execute("INSERT INTO t VALUES (1)");
    DistDbException twice =
        fails(ErrorCode.UNIQUE_VIOLATION, () -> client.execute("INSERT INTO t VALUES ($1)", 1));
    assertThat(twice.detail()).contains("Key (id)=(1) already exists.");
    DistDbException wrong =
        fails(ErrorCode.UNDEFINED_COLUMN, () -> client.query("SELECT nothing FROM t"));
    assertThat(wrong.position()).isEqualTo(8);
  }

  @Test
  void hostsAreTriedInTurnAndALostConnectionIsReplaced() {
    String url = place.url();
    String twoHosts = url.replace("@127.0.0.1:", "@127.0.0.1:1,127.0.0.1:");
    try (Client other = Client.connect(twoHosts + "?connect_timeout=60&pool_max_size=2")) {
      assertThat(other.queryValue("SELECT 1", Integer.class)).isEqualTo(1);
      fails(
          ErrorCode.SHUTTING_DOWN,
          () -> other.execute("SELECT pg_terminate_backend(pg_backend_pid())"));
      assertThat(other.queryValue("SELECT 2", Integer.class)).isEqualTo(2);
    }
  }

  @Test
  void aServerThatIsNotThereAndAWrongUrlAreNamed() {
    fails(
        ErrorCode.CANNOT_CONNECT,
        () -> Client.connect("postgresql://x@127.0.0.1:1/x?pool_timeout=1").close());
    fails(ErrorCode.INVALID_PARAMETER_VALUE, () -> Client.connect("mysql://x/y").close());
    fails(
        ErrorCode.INVALID_PARAMETER_VALUE,
        () -> Client.connect("postgresql://localhost/x?colour=red").close());
    fails(
        ErrorCode.FEATURE_NOT_SUPPORTED,
        () -> Client.connect("postgresql://localhost/x?preferQueryMode=simple").close());
  }
}

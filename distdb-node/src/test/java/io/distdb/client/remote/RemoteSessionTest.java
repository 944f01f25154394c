// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Notice;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What the shell needs of a session at a server, at its port. */
class RemoteSessionTest {
  private ServedNode node;
  private Connections connections;
  private Session session;

  @BeforeEach
  void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
    connections =
        Connections.open("postgresql://postgres@127.0.0.1:" + node.sqlAddress().getPort() + "/");
    session = connections.session();
  }

  @AfterEach
  void stop() {
    session.close();
    connections.close();
    node.close();
  }

  private ResultRows rows(String sql) {
    return ((StatementResult.Rows) session.execute(sql)).rows();
  }

  /** Ctrl-C while rows are printed, whether more are to be fetched or not. */
  @ParameterizedTest
  @ValueSource(ints = {20, 5_000})
  void cancellingBetweenTwoRowsEndsThem(int count) {
    ResultRows rows = rows("SELECT generate_series(1, " + count + ")");
    for (int i = 0; i < 10; i++) {
      assertThat(rows.next()).isTrue();
    }
    session.cancel();
    assertThatThrownBy(rows::next)
        .isInstanceOfSatisfying(
            DistDbException.class,
            failure -> assertThat(failure.code()).isEqualTo(ErrorCode.QUERY_CANCELED));
    assertThat(session.transactionStatus()).isEqualTo(TransactionStatus.IDLE);
    ResultRows next = rows("SELECT 1");
    assertThat(next.next()).isTrue();
    assertThat(next.next()).isFalse();
  }

  @Test
  void cancellingWhenAllIsReadDoesNothing() {
    ResultRows rows = rows("SELECT 1");
    assertThat(rows.next()).isTrue();
    assertThat(rows.next()).isFalse();
    session.cancel();
    assertThat(rows("SELECT 2").next()).isTrue();
  }

  @Test
  void everyNoticeOfAStatementIsTaken() {
    ResultRows rows = rows("SELECT pg_cancel_backend(n) FROM (VALUES (0), (999999)) AS v (n)");
    while (rows.next()) {
      assertThat(rows.getBoolean(0)).isFalse();
    }
    assertThat(session.takeNotices())
        .extracting(Notice::severity)
        .containsExactly(Notice.Severity.WARNING, Notice.Severity.WARNING);
    assertThat(session.takeNotices()).isEmpty();
    StatementResult.Command dropped =
        (StatementResult.Command) session.execute("DROP TABLE IF EXISTS nowhere, nobody");
    assertThat(dropped.notices()).hasSize(2);
    assertThat(session.takeNotices()).isEmpty();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import io.distdb.client.remote.CuttingProxy.Cut;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** A client of two hosts, the first of which is lost while a commit is under way. */
class LostAnswersTest {
  private ServedNode node;
  private CuttingProxy first;
  private Client client;

  @BeforeEach
  void start() throws IOException {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
    first = new CuttingProxy(node.sqlAddress());
    client = Client.connect(url(""));
    client.execute("CREATE TABLE t (id BIGINT)");
  }

  private String url(String parameters) {
    return "postgresql://postgres@127.0.0.1:"
        + first.port()
        + ",127.0.0.1:"
        + node.sqlAddress().getPort()
        + "/"
        + parameters;
  }

  @AfterEach
  void stop() {
    client.close();
    first.close();
    node.close();
  }

  private long rows() {
    return client.queryValue("SELECT count(*) FROM t", Long.class);
  }

  @ParameterizedTest
  @EnumSource
  void aStatementIsDoneOnceAndAnswered(Cut cut) {
    first.cutAt("COMMIT", cut);
    assertThat(client.execute("INSERT INTO t VALUES ($1), ($1)", 1)).isEqualTo(2);
    assertThat(rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void rowsOfAChangeAreNotLost(Cut cut) {
    first.cutAt("COMMIT", cut);
    assertThat(client.queryValue("INSERT INTO t VALUES (7) RETURNING id", Long.class)).isEqualTo(7);
    assertThat(rows()).isEqualTo(1);
  }

  @ParameterizedTest
  @EnumSource
  void aBatchIsDoneOnce(Cut cut) {
    PreparedStatement insert = client.prepare("INSERT INTO t VALUES ($1)");
    first.cutAt("COMMIT", cut);
    long done = insert.executeBatch(List.of(new Object[] {1}, new Object[] {2}));
    assertThat(done).isEqualTo(2);
    assertThat(rows()).isEqualTo(2);
  }

  @ParameterizedTest
  @EnumSource
  void aTransactionIsDoneOnce(Cut cut) {
    AtomicInteger runs = new AtomicInteger();
    first.cutAt("COMMIT", cut);
    client.transaction(tx -> {
      runs.incrementAndGet();
      tx.execute("INSERT INTO t VALUES (1)");
    });
    assertThat(rows()).isEqualTo(1);
    assertThat(runs.get()).isEqualTo(cut == Cut.BEHIND ? 1 : 2);
  }

  @Test
  void aQueryIsAskedAgain() {
    client.execute("INSERT INTO t VALUES (1)");
    first.cutAt("FROM t", Cut.BEHIND);
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aSessionOfOnesOwnIsToldTheTruth() {
    Session session = client.newSession();
    session.execute("BEGIN");
    session.execute("INSERT INTO t VALUES (1)");
    first.cutAt("COMMIT", Cut.BEHIND);
    StatementResult.Command done = (StatementResult.Command) session.execute("COMMIT");
    assertThat(done.tag()).isEqualTo("COMMIT");
    DistDbException lost =
        catchThrowableOfType(DistDbException.class, () -> session.execute("SELECT 1"));
    assertThat(lost.code()).isEqualTo(ErrorCode.CONNECTION_FAILURE);
    session.close();
    assertThat(rows()).isEqualTo(1);
  }

  @Test
  void aSessionOfOnesOwnIsToldThatNothingWasChanged() {
    Session session = client.newSession();
    session.execute("BEGIN");
    session.execute("INSERT INTO t VALUES (1)");
    first.cutAt("COMMIT", Cut.BEFORE);
    DistDbException lost =
        catchThrowableOfType(DistDbException.class, () -> session.execute("COMMIT"));
    assertThat(lost.code()).isEqualTo(ErrorCode.CONNECTION_FAILURE);
    session.close();
    assertThat(rows()).isZero();
  }

  @Test
  void whoNamesHisCommitsHimselfAsksHimself() {
    String token = "b1b0c5c4-0000-4000-8000-000000000001";
    Session session = client.newSession();
    session.execute("BEGIN");
    session.execute("SET LOCAL distdb.commit_token = '" + token + "'");
    session.execute("INSERT INTO t VALUES (1)");
    first.cutAt("COMMIT", Cut.BEHIND);
    DistDbException unknown =
        catchThrowableOfType(DistDbException.class, () -> session.execute("COMMIT"));
    assertThat(unknown.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
    session.close();
    assertThat(client.queryValue("SELECT distdb.commit_status($1)", String.class, token))
        .isEqualTo("committed");
  }

  @Test
  void rowsThatAreCopiedAreDoneOnceOrRefused() {
    first.cutAt("COMMIT", Cut.BEHIND);
    byte[] lines = "1\n2\n".getBytes(StandardCharsets.US_ASCII);
    assertThat(client.copyIn("COPY t FROM STDIN", new ByteArrayInputStream(lines))).isEqualTo(2);
    assertThat(rows()).isEqualTo(2);
  }

  @Test
  void withoutNamesTheOutcomeIsUnknown() {
    try (Client unnamed = Client.connect(url("?commit_tokens=off"))) {
      first.cutAt("INSERT INTO t VALUES (1)", Cut.BEHIND);
      DistDbException unknown =
          catchThrowableOfType(
              DistDbException.class, () -> unnamed.execute("INSERT INTO t VALUES (1)"));
      assertThat(unknown.code()).isEqualTo(ErrorCode.COMMIT_OUTCOME_UNKNOWN);
    }
  }
}

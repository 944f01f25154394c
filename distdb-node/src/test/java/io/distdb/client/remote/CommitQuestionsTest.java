// SPDX-License-Identifier: MIT
package io.distdb.client.remote;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.client.remote.CommitQuestions.Outcome;
import io.distdb.node.config.Config;
import io.distdb.node.pgwire.ServerOptions;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import io.distdb.sql.session.Session;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.util.UUID;
import org.junit.jupiter.api.Test;
import org.postgresql.ds.PGSimpleDataSource;

/** What is known of commits whose answers were lost. */
class CommitQuestionsTest {
  private static CommitQuestions questions(int port) {
    PGSimpleDataSource source = new PGSimpleDataSource();
    source.setURL("jdbc:postgresql://127.0.0.1:" + port + "/postgres");
    source.setUser("postgres");
    return new CommitQuestions(source, Clock.system(), Scheduler.threads(), 0);
  }

  @Test
  void whatNobodyCanBeAskedIsUnknown() throws IOException {
    int port;
    try (ServerSocket nobody = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      port = nobody.getLocalPort();
    }
    CommitQuestions questions = questions(port);
    assertThat(questions.ask(questions.newToken())).isEqualTo(Outcome.UNKNOWN);
  }

  @Test
  void aServerKnowsWhatWasCommittedAndSettlesTheRest() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServedNode node =
            ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
        Connections connections =
            Connections.open(
                "postgresql://postgres@127.0.0.1:" + node.sqlAddress().getPort() + "/")) {
      CommitQuestions questions = questions(node.sqlAddress().getPort());
      UUID done = questions.newToken();
      UUID never = questions.newToken();
      try (Session session = connections.session()) {
        session.execute("CREATE TABLE t (id BIGINT)");
        session.execute("BEGIN");
        session.execute("INSERT INTO t VALUES (1)");
        session.execute("SET LOCAL distdb.commit_token = '" + done + "'");
        session.execute("COMMIT");
      }
      assertThat(questions.ask(done)).isEqualTo(Outcome.COMMITTED);
      assertThat(questions.ask(never)).isEqualTo(Outcome.ABORTED);
    }
  }

  @Test
  void namesAreRandomUuids() {
    CommitQuestions questions = questions(1);
    UUID one = questions.newToken();
    assertThat(one.version()).isEqualTo(4);
    assertThat(one.variant()).isEqualTo(2);
    assertThat(questions.newToken()).isNotEqualTo(one);
  }
}

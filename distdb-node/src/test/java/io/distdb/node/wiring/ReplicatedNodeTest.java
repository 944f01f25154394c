// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.sql.session.Session;
import java.nio.file.Path;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes that replicate, over gRPC in one process. */
final class ReplicatedNodeTest {
  private static final String[] ALL = {"a", "b", "c"};

  @TempDir private Path directory;
  private NodesOfACluster nodes;

  @BeforeEach
  void begin() {
    nodes = new NodesOfACluster(directory);
  }

  @AfterEach
  void end() {
    nodes.close();
  }

  private static String[] without(String gone) {
    return IntStream.range(0, ALL.length)
        .mapToObj(i -> ALL[i])
        .filter(id -> !id.equals(gone))
        .toArray(String[]::new);
  }

  @Test
  void whatWasAcknowledgedSurvivesItsLeaderAndTheNext() {
    for (String id : ALL) {
      nodes.start(nodes.config(id, ALL));
    }
    String first = nodes.awaitServing(ALL);
    nodes.execute(first, "CREATE TABLE t (id BIGINT PRIMARY KEY)", "INSERT INTO t VALUES (1), (2)");
    nodes.kill(first);
    String second = nodes.awaitServing(without(first));
    assertThat(nodes.execute(second, "INSERT INTO t VALUES (3)", "SELECT id FROM t ORDER BY id"))
        .containsExactly("1", "2", "3");
    nodes.start(nodes.config(first, ALL));
    nodes.kill(second);
    String third = nodes.awaitServing(without(second));
    assertThat(nodes.execute(third, "SELECT id FROM t ORDER BY id")).containsExactly("1", "2", "3");
  }

  @Test
  void aNodeWithoutAQuorumSaysWhoIsSilent() {
    nodes.start(nodes.config("b", ALL));
    assertThat(nodes.awaitWaiting("b", "leader"))
        .isEqualTo("a leader; nobody else answers, silent: a, c");
    nodes.start(nodes.config("c", ALL));
    String served = nodes.awaitServing("b", "c");
    assertThat(nodes.execute(served, "SELECT 1")).containsExactly("1");
  }

  @Test
  void aClusterOfOneIsOne() {
    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    nodes.execute("a", "CREATE TABLE t (id BIGINT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    nodes.kill("a");
    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    assertThat(nodes.execute("a", "SELECT id FROM t")).containsExactly("1");
  }

  @Test
  void anEmbeddedDatabaseBecomesTheFirstMember() {
    Config alone = Config.builder().directory(directory.resolve("a")).nodeId("a").build();
    try (Node node = Node.start(alone);
        Session session = node.database().newSession()) {
      session.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      session.execute("INSERT INTO t VALUES (1)");
    }
    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    assertThat(nodes.execute("a", "INSERT INTO t VALUES (2)", "SELECT id FROM t ORDER BY id"))
        .containsExactly("1", "2");
  }
}

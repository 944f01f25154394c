// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.sql.session.Session;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whole nodes that replicate, over gRPC in one process. */
final class ReplicatedNodeTest {
  private static final String[] ALL = {"a", "b", "c"};
  private static final String ROWS = "SELECT id FROM t ORDER BY id";

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
    return List.of(ALL).stream().filter(id -> !id.equals(gone)).toArray(String[]::new);
  }

  @Test
  void everyNodeServesAndWhatWasAcknowledgedSurvivesTwoDeaths() {
    for (String id : ALL) {
      nodes.start(nodes.config(id, ALL));
    }
    for (String id : ALL) {
      nodes.awaitServing(id);
    }
    nodes.execute("a", "CREATE TABLE t (id BIGINT PRIMARY KEY)");
    nodes.execute("b", "INSERT INTO t VALUES (1)");
    nodes.execute("c", "INSERT INTO t VALUES (2)");
    for (String id : ALL) {
      assertThat(nodes.execute(id, ROWS)).containsExactly("1", "2");
    }
    String first = nodes.leader();
    nodes.kill(first);
    String other = without(first)[0];
    nodes.execute(other, "INSERT INTO t VALUES (3)");
    nodes.start(nodes.config(first, ALL));
    nodes.awaitServing(first);
    String second = nodes.leader();
    nodes.kill(second);
    for (String id : without(second)) {
      assertThat(nodes.execute(id, ROWS)).containsExactly("1", "2", "3");
    }
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

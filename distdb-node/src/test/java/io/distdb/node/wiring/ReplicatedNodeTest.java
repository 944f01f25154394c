// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
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
  void everyNodeServesAndWhatWasAcknowledgedSurvivesTheLeader() {
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
    nodes.awaitVoters("a", 3);
    String first = nodes.leader();
    nodes.kill(first);
    String other = without(first)[0];
    nodes.execute(other, "INSERT INTO t VALUES (3)");
    nodes.start(nodes.config(first, ALL));
    nodes.awaitServing(first);
    for (String id : ALL) {
      assertThat(nodes.execute(id, ROWS)).containsExactly("1", "2", "3");
    }
  }

  @Test
  void anEmptyNodeBeginsNothingUntilAllAnswer() {
    nodes.start(nodes.config("a", ALL));
    nodes.start(nodes.config("b", ALL));
    nodes.awaitWaiting("a", "begin a cluster, or a member to let it in; silent: c ");
    nodes.start(nodes.config("c", ALL));
    nodes.awaitServing("c");
    nodes.awaitVoters("c", 3);
    nodes.kill("a");
    nodes.kill("b");
    nodes.kill("c");
    nodes.start(nodes.config("b", ALL));
    assertThat(nodes.awaitWaiting("b", "leader", "silent: a, c"))
        .isEqualTo("a leader; nobody else answers, silent: a, c");
  }

  @Test
  void nodesOfAnotherOpinionBeginNothing() {
    nodes.start(nodes.config("a", "a", "b"));
    nodes.start(nodes.config("b", "a", "b", "c"));
    nodes.awaitWaiting("a", "the same cluster_nodes", "node b has a@", "c@");
    nodes.awaitWaiting("b", "the same cluster_nodes", "node a has a@");
  }

  @Test
  void aNodeThatLostItsDirectoryIsNotLetIn() {
    for (String id : ALL) {
      nodes.start(nodes.config(id, ALL));
    }
    nodes.awaitServing("c");
    nodes.awaitVoters("c", 3);
    nodes.kill("b");
    nodes.wipe("b");
    nodes.start(nodes.config("b", ALL));
    assertThat(nodes.awaitRefusal("b"))
        .isInstanceOfSatisfying(
            DistDbException.class,
            refusal -> {
              assertThat(refusal.code()).isEqualTo(ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE);
              assertThat(refusal)
                  .hasMessageContaining("node b is a member of cluster a-")
                  .hasMessageContaining("with another data directory than this, which is empty");
              assertThat(refusal.hint().orElseThrow()).contains("./distdb cluster remove b");
            });
    assertThat(nodes.execute("c", "SELECT 1")).containsExactly("1");
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
    assertThat(nodes.execute("a", "INSERT INTO t VALUES (2)", ROWS)).containsExactly("1", "2");
    nodes.kill("a");
    assertThatThrownBy(() -> Node.start(alone))
        .hasMessageContaining("is that of a member of cluster a-");
    nodes.start(nodes.config("a", "a", "b"));
    nodes.start(nodes.config("b", "a", "b"));
    nodes.awaitWaiting("b", "it is no member", "to let it in");
  }
}

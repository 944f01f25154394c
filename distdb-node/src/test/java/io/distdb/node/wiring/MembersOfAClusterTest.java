// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.node.config.ClusterConfig;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Nodes that come and go while the others serve. */
final class MembersOfAClusterTest {
  private static final String STATES =
      "SELECT node || ' ' || state FROM distdb.cluster_members ORDER BY node";
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

  @Test
  void aNodeIsAddedLeadsAndGoesAndComesBackAsAReadReplica() {
    nodes.start(nodes.config("a", "a", "b"));
    nodes.start(nodes.config("b", "a", "b"));
    nodes.awaitServing("b");
    nodes.execute("b", "CREATE TABLE t (id BIGINT PRIMARY KEY)", "INSERT INTO t VALUES (1)");
    nodes.start(nodes.config("c", "a", "b", "c"));
    nodes.execute("b", "SELECT distdb.cluster_add('c', '" + nodes.address("c") + "')");
    nodes.awaitServing("c");
    assertThat(nodes.execute("c", ROWS)).containsExactly("1");
    nodes.awaitAnswer("a", STATES, List.of("a voter", "b voter", "c voter"));

    assertThat(nodes.execute("a", "SELECT distdb.cluster_transfer('c')"))
        .containsExactly("node c leads");
    nodes.execute("a", "INSERT INTO t VALUES (2)");

    nodes.execute("b", "SELECT distdb.cluster_remove('c')");
    nodes.awaitAnswer("a", STATES, List.of("a voter", "b voter"));
    nodes.kill("c");
    nodes.wipe("c");
    assertThat(nodes.execute("a", "INSERT INTO t VALUES (3)", ROWS)).containsExactly("1", "2", "3");

    nodes.start(
        nodes.config("c", "a", "b", "c").toBuilder().role(ClusterConfig.Role.READ_REPLICA).build());
    nodes.awaitWaiting("c", "it is no member");
    nodes.execute("a", "SELECT distdb.cluster_add('c', '" + nodes.address("c") + "')");
    nodes.awaitServing("c");
    nodes.awaitAnswer("b", STATES, List.of("a voter", "b voter", "c learner"));
    assertThat(nodes.execute("c", ROWS)).containsExactly("1", "2", "3");
  }

  @Test
  void whatCannotBeIsRefusedByName() {
    nodes.start(nodes.config("a", "a"));
    nodes.awaitServing("a");
    assertRefused("cluster_remove('a')", ErrorCode.OBJECT_NOT_IN_PREREQUISITE_STATE, "only one");
    assertRefused("cluster_remove('b')", ErrorCode.UNDEFINED_OBJECT, "node b is no member");
    assertRefused("cluster_transfer('b')", ErrorCode.UNDEFINED_OBJECT, "node b is no member");
    assertRefused("cluster_add('a', 'h:1')", ErrorCode.DUPLICATE_OBJECT, "member already, at 127");
    assertRefused("cluster_add('b', 'h:0')", ErrorCode.INVALID_PARAMETER_VALUE, "\"h:0\"");
    assertRefused("cluster_add('b c', 'h:1')", ErrorCode.INVALID_PARAMETER_VALUE, "\"b c\"");
    nodes.execute("a", "SELECT distdb.cluster_add('b', 'h:1')");
    nodes.awaitAnswer("a", STATES, List.of("a voter", "b expected"));
    nodes.execute("a", "CREATE ROLE beginner");
    assertThatThrownBy(
            () -> nodes.execute("a", "SET ROLE beginner", "SELECT distdb.cluster_remove('b')"))
        .hasMessage("permission denied for function cluster_remove");
  }

  private void assertRefused(String call, ErrorCode code, String part) {
    assertThatThrownBy(() -> nodes.execute("a", "SELECT distdb." + call))
        .isInstanceOfSatisfying(
            DistDbException.class, refusal -> assertThat(refusal.code()).isEqualTo(code))
        .hasMessageContaining(part);
  }
}

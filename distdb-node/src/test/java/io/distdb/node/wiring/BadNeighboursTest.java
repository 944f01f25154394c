// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.NodeId;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.grpc.VersionRange;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Whoever does not belong here is named in its log and in the others', and the cluster goes on. */
final class BadNeighboursTest {
  private static final String[] ALL = {"a", "b", "c"};

  @TempDir private Path directory;
  private NodesOfACluster nodes;
  private NodeLog log;
  private int rows;

  @BeforeEach
  void begin() {
    nodes = new NodesOfACluster(directory);
    log = new NodeLog();
  }

  @AfterEach
  void end() {
    nodes.close();
    log.close();
  }

  private void assertGoesOn() {
    rows++;
    nodes.execute("a", "INSERT INTO t VALUES (" + rows + ")");
    assertThat(nodes.execute("b", "SELECT count(*) FROM t"))
        .containsExactly(Integer.toString(rows));
  }

  @Test
  void strangersAtTheAddressOfAMemberAreNamedInBothLogs() throws IOException {
    for (String id : ALL) {
      nodes.start(nodes.config(id, ALL));
    }
    for (String id : ALL) {
      nodes.awaitServing(id);
    }
    nodes.awaitVoters("a", 3);
    nodes.execute("a", "CREATE TABLE t (id BIGINT PRIMARY KEY)");
    nodes.kill("c");
    aNodeOfAnotherCluster();
    aNodeThatSpeaksAnotherProtocol();
    garbage();
    nodes.start(nodes.config("c", ALL));
    nodes.awaitServing("c");
    assertThat(nodes.execute("c", "SELECT count(*) FROM t"))
        .containsExactly(Integer.toString(rows));
  }

  /** It has begun a cluster of its own, at the address of c. */
  private void aNodeOfAnotherCluster() {
    Config stranger =
        nodes.config("c", "c").toBuilder().directory(directory.resolve("stranger")).build();
    nodes.start(stranger);
    nodes.awaitServing("c");
    nodes.awaitTrue(() ->
        log.hasWarned("refused a connection from /127.", ": node a is of cluster \"a-")
            && log.hasWarned(
                "node c at " + nodes.address("c") + " and this node part: node a is of")
            && log.hasWarned(", node c of cluster \"c-"));
    assertGoesOn();
    nodes.kill("c");
  }

  private void aNodeThatSpeaksAnotherProtocol() {
    Config config = nodes.config("c", ALL);
    nodes.start(
        config, Surroundings.system(config).withBuild(new Build(1, new VersionRange(2, 2))));
    String why = "node c speaks version 2 of the protocol between nodes, node a version 1";
    String other = "node a speaks version 1 of the protocol between nodes, node c version 2";
    nodes.awaitTrue(() ->
        log.hasWarned("refused a connection", why)
            && log.hasWarned("refused a connection", other)
            && log.hasWarned("this node part", why)
            && log.hasWarned("this node part", other));
    assertGoesOn();
    nodes.kill("c");
  }

  private void garbage() throws IOException {
    ClusterConfig.Member a = nodes.config("a", ALL).cluster().nodes().get(0);
    try (Socket socket = new Socket()) {
      socket.connect(new InetSocketAddress(a.host(), a.port()));
      socket.getOutputStream().write("GET / HTTP/1.1\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
      nodes.awaitTrue(() -> log.hasWarned("a connection to the port of other nodes broke: "));
    }
    assertGoesOn();
  }

  /** Of which nodes there are, and of where one of them is. */
  @Test
  void nodesWhoseConfigurationsDifferBeginNothingAndSayWhy() {
    nodes.start(nodes.config("a", "a", "b"));
    nodes.start(moved(nodes.config("b", "a", "b")));
    nodes.awaitTrue(() ->
        log.hasWarned("cluster_nodes of node a are a@", ", here they are a@")
            && log.hasWarned("cluster_nodes of node b are a@", ", here they are a@"));
    assertThat(nodes.awaitWaiting("a", "the same cluster_nodes")).contains(":5999");
    assertThat(nodes.awaitWaiting("b", "the same cluster_nodes")).contains(":5999");
    nodes.kill("b");
    nodes.start(nodes.config("b", "a", "b"));
    nodes.awaitServing("a");
    nodes.awaitServing("b");
  }

  /** It takes b for one that listens elsewhere. */
  private static Config moved(Config config) {
    List<ClusterConfig.Member> members =
        config.cluster().nodes().stream()
            .map(member ->
                member.id().equals(new NodeId("b"))
                    ? new ClusterConfig.Member(member.id(), member.host(), 5999)
                    : member)
            .toList();
    return config.toBuilder().clusterNodes(members).build();
  }
}

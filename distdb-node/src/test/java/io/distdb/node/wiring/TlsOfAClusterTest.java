// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Three nodes that show each other certificates, by the settings of their files. */
final class TlsOfAClusterTest {
  private static final String[] ALL = {"a", "b", "c"};

  @TempDir private Path directory;
  private NodesOfACluster nodes;
  private NodeLog log;

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

  /** Written and read as an operator would. */
  private Config config(String id, NodeCertificates shown) throws IOException {
    Config plain = nodes.config(id, ALL);
    List<String> members = plain.cluster().nodes().stream().map(member -> "  - " + member).toList();
    Path file = directory.resolve(id + ".yaml");
    Files.writeString(
        file,
        """
        data_dir: %s
        node_id: %s
        host: %s
        port: %d
        cluster_nodes:
        %s
        node_tls_certificate: %s
        node_tls_key: %s
        node_tls_authorities: %s
        """
            .formatted(
                directory.resolve(id),
                id,
                plain.cluster().host(),
                plain.cluster().port(),
                String.join("\n", members),
                shown.certificate(),
                shown.key(),
                shown.certificate()));
    return Config.read(file);
  }

  @Test
  void whoShowsAnotherAuthoritysCertificateIsNamedInBothLogsAndTheOthersGoOn() throws IOException {
    List<String> addresses =
        nodes.config("a", ALL).cluster().nodes().stream().map(member -> member.host()).toList();
    NodeCertificates ours = NodeCertificates.make(directory, "ours", addresses);
    NodeCertificates others = NodeCertificates.make(directory, "others", addresses);
    for (String id : ALL) {
      nodes.start(config(id, ours));
    }
    for (String id : ALL) {
      nodes.awaitServing(id);
    }
    nodes.awaitVoters("a", 3);
    nodes.execute("c", "CREATE TABLE t (id BIGINT PRIMARY KEY)", "INSERT INTO t VALUES (1)");

    nodes.kill("c");
    nodes.start(config("c", others));
    nodes.awaitTrue(() ->
        log.hasWarned(
                "node c at "
                    + nodes.address("c")
                    + " and this node part: the certificate of"
                    + " CN=others, signed by CN=others, is refused: ")
            && log.hasWarned("this node part: the certificate of CN=ours, signed by CN=ours,"));
    nodes.execute("a", "INSERT INTO t VALUES (2)");
    assertThat(nodes.execute("b", "SELECT id FROM t ORDER BY id")).containsExactly("1", "2");

    nodes.kill("c");
    nodes.start(config("c", ours));
    nodes.awaitServing("c");
    assertThat(nodes.execute("c", "SELECT id FROM t ORDER BY id")).containsExactly("1", "2");
  }
}

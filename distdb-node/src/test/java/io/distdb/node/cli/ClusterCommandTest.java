// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ClusterCommandTest {
  @TempDir private Path directory;

  @Test
  void initWritesSettingsThatStartANode() throws Exception {
    Answer written =
        Answer.to("cluster", "init", "--to", directory.toString(), "a@127.0.0.1:7001", "b@h:5000");
    assertThat(written.err()).isEmpty();
    assertThat(written.out())
        .isEqualTo(
            "./distdb start --config %s\n./distdb start --config %s\n"
                .formatted(directory.resolve("a.yaml"), directory.resolve("b.yaml")));
    Config config = Config.read(directory.resolve("b.yaml"));
    assertThat(config.cluster().nodeId().value()).isEqualTo("b");
    assertThat(config.cluster().host()).isEqualTo("h");
    assertThat(config.cluster().nodes()).hasSize(2);
    Answer again = Answer.to("cluster", "init", "--to", directory.toString(), "a@127.0.0.1:7001");
    assertThat(again.code()).isEqualTo(1);
    assertThat(again.err()).contains("a.yaml exists already");
    assertThat(Answer.to("cluster", "init", "a:7001").code()).isEqualTo(2);
  }

  @Test
  void aClusterOfOneIsLookedAfter() throws Exception {
    String host = "127." + (1 + ProcessHandle.current().pid() % 250) + ".250.1";
    Path home = directory.resolve("home");
    assertThat(Answer.to("cluster", "init", "--to", home.toString(), "a@" + host + ":5000").code())
        .isZero();
    assertThat(Files.exists(home.resolve("a.yaml"))).isTrue();
    Config config = Config.read(home.resolve("a.yaml"));
    try (ServedNode served =
        ServedNode.start(
            config, new InetSocketAddress("127.0.0.1", 0), true, Surroundings.system(config))) {
      String url = "postgresql://postgres@127.0.0.1:" + served.sqlAddress().getPort() + "/postgres";
      Answer added = Answer.to("cluster", "add", "--url", url, "b@h:1", "--read-replica");
      assertThat(added.err()).isEmpty();
      assertThat(added.out()).isEqualTo("Node b may come in.\n");
      Answer status = Answer.to("cluster", "status", "--url", url);
      assertThat(status.out())
          .contains("Node", "Address", "State")
          .contains(host + ":5000", "voter", "expected (read replica)");
      assertThat(Answer.to("cluster", "status", "--json", "--url", url).out())
          .contains("\"node\" : \"b\"", "\"read_replica\" : true", "\"state\" : \"expected\"");
      assertThat(Answer.to("cluster", "remove", "--json", "--url", url, "b").out())
          .contains("\"result\" : \"node b is to go\"");
      Answer refused = Answer.to("cluster", "remove", "--url", url, "a");
      assertThat(refused.code()).isEqualTo(1);
      assertThat(refused.err()).contains("node a is the only one that votes", "SQLSTATE:  55000");
      assertThat(Answer.to("cluster", "transfer", "--url", url, "a").out())
          .isEqualTo("Node a leads.\n");
    }
  }

  @Test
  void aNodeAloneSaysThatItIs() {
    Config config = Config.inMemory();
    try (ServedNode served =
        ServedNode.start(
            config, new InetSocketAddress("127.0.0.1", 0), true, Surroundings.system(config))) {
      String url = "postgresql://postgres@127.0.0.1:" + served.sqlAddress().getPort() + "/postgres";
      assertThat(Answer.to("cluster", "status", "--url", url).err())
          .contains("that node is alone", "cluster_nodes");
      assertThat(Answer.to("cluster", "add", "--url", url, "b@h:1").err())
          .contains("this node is alone");
    }
  }
}

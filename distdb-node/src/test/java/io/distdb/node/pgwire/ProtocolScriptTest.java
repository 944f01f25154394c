// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * Conversations message by message, with the answers of PostgreSQL 15. {@code
 * -Ddistdb.protocol.postgres=PORT} writes them anew, from a server at that port of this machine
 * that trusts the superuser {@code tester}.
 */
class ProtocolScriptTest {
  private static final Integer POSTGRES = Integer.getInteger("distdb.protocol.postgres");

  private static ServedNode node;

  @BeforeAll
  static void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  @ParameterizedTest
  @ValueSource(strings = {"statements", "portals", "notices", "references"})
  void answersAsPostgresDoes(String name) throws IOException {
    Path file = Path.of("src/test/resources/pgwire", name + ".txt");
    List<String> script = Files.readAllLines(file);
    if (POSTGRES != null) {
      InetSocketAddress postgres =
          new InetSocketAddress(InetAddress.getLoopbackAddress(), POSTGRES);
      Files.write(file, WireScript.play(postgres, script));
      script = Files.readAllLines(file);
    }
    List<String> played = WireScript.play(node.sqlAddress(), script);
    Files.write(Path.of("target", name + "-as-played.txt"), played);
    assertThat(played).isEqualTo(script);
  }
}

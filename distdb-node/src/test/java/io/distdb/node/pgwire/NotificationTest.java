// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class NotificationTest {
  private ServedNode node;

  @BeforeEach
  void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** It waits in read(): nothing it says itself brings the message. */
  @Test
  void aClientThatOnlyWaitsIsTold() throws IOException {
    try (WireClient listener = WireClient.in(node.sqlAddress());
        WireClient sender = WireClient.in(node.sqlAddress())) {
      listener.query("LISTEN news");
      listener.untilReady();
      sender.query("BEGIN; NOTIFY news, 'one'; NOTIFY news, 'two'");
      sender.untilReady();
      sender.query("COMMIT");
      sender.untilReady();
      assertThat(payload(listener.read())).isEqualTo("news one");
      assertThat(payload(listener.read())).isEqualTo("news two");
    }
  }

  @Test
  void withinATransactionItWaitsForTheEnd() throws IOException {
    try (WireClient listener = WireClient.in(node.sqlAddress());
        WireClient sender = WireClient.in(node.sqlAddress())) {
      listener.query("LISTEN news");
      listener.untilReady();
      listener.query("BEGIN");
      listener.untilReady();
      sender.query("NOTIFY news, 'late'");
      sender.untilReady();
      listener.query("SELECT 1");
      assertThat(listener.types()).isEqualTo("TDCZ");
      listener.query("COMMIT");
      assertThat(listener.types()).isEqualTo("CAZ");
    }
  }

  private static String payload(WireClient.Message message) {
    assertThat(message.type()).isEqualTo('A');
    String[] texts = message.text().substring(4).split("\0");
    return texts[0] + " " + texts[1];
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static io.distdb.node.pgwire.WireClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** What a server must survive, with the right error or a closed connection, and go on. */
class HostileClientTest {
  private static final int VERSION_3 = 196_608;
  private static final int CANCEL = 80_877_102;

  private static ServedNode node;
  private static InetSocketAddress server;

  @BeforeAll
  static void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
    server = node.sqlAddress();
  }

  @AfterAll
  static void stop() {
    node.close();
  }

  /** Whatever was done to it: a new client is served, and waits for nobody else. */
  @AfterEach
  void servesTheNextClient() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.query("SELECT 1");
      assertThat(client.types()).isEqualTo("TDCZ");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 3, 7, 10_001, Integer.MAX_VALUE, -1, Integer.MIN_VALUE})
  void badLengthOfStartup(int length) throws IOException {
    try (WireClient client = new WireClient(server)) {
      client.raw(number(length));
      client.raw(number(VERSION_3));
      assertThat(client.error()).startsWith("08P01");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {1 << 16, 2 << 16, 4 << 16, 0x12345678})
  void unknownProtocolVersions(int version) throws IOException {
    try (WireClient client = new WireClient(server)) {
      client.start(version, "user", "tester");
      assertThat(client.error()).isNotEqualTo("no error");
    }
  }

  @Test
  void startupWithoutItsEnd() throws IOException {
    try (WireClient client = new WireClient(server)) {
      client.raw(new byte[] {0, 0, 0, 20, 0, 3, 0, 0, (byte) 0x75, (byte) 0x73});
    }
    try (WireClient client = new WireClient(server)) {
      client.raw(
          WireClient.packet(body -> {
            body.writeInt(VERSION_3);
            body.writeBytes("user");
          }));
      assertThat(client.error()).startsWith("08P01");
    }
  }

  @ParameterizedTest
  @ValueSource(ints = {0, 1, 3, -1, Integer.MIN_VALUE, Integer.MAX_VALUE})
  void badLengthOfMessage(int length) throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.raw((byte) 0x51);
      client.raw(number(length));
      assertThat(client.error()).startsWith("08P01");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  /** A length alone takes no memory. */
  @Test
  void manyAnnounceLargeMessages() throws IOException {
    WireClient[] clients = new WireClient[64];
    for (int i = 0; i < clients.length; i++) {
      clients[i] = WireClient.in(server);
      clients[i].raw((byte) 0x51);
      clients[i].raw(number(200 << 20));
    }
    for (WireClient client : clients) {
      client.close();
    }
  }

  @ParameterizedTest
  @ValueSource(chars = {'Z', '?', '\0', 'q', 'R', 'p'})
  void unknownMessages(char type) throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.send(type, body -> body.writeInt(0));
      assertThat(client.error()).startsWith("08P01");
      assertThat(client.isAtEnd()).isTrue();
    }
  }

  @Test
  void textThatIsNoUtf8() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.send(
          'Q',
          body -> {
            body.writeBytes("SELECT '");
            body.writeByte(0xFF);
            body.writeBytes("'");
            body.writeByte(0);
          });
      assertThat(client.error()).startsWith("22021");
      client.query("SELECT 1");
      assertThat(client.types()).isEqualTo("TDCZ");
    }
  }

  @Test
  void textWithoutItsZero() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.send('Q', body -> body.writeBytes("SELECT 1"));
      assertThat(client.error()).startsWith("08P01");
      client.query("SELECT 1");
      assertThat(client.types()).isEqualTo("TDCZ");
    }
  }

  @Test
  void wrongNumberOfValues() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.parse("s", "SELECT $1::int, $2::int");
      client.bind("", "s", "1");
      client.send('S');
      assertThat(client.error()).startsWith("08P01 bind message supplies 1 parameters");
      client.bind("", "s", "1", "2");
      client.execute("", 0);
      client.send('S');
      assertThat(client.types()).isEqualTo("2DCZ");
    }
  }

  @Test
  void missingStatementsAndPortals() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.bind("", "nowhere");
      client.send('S');
      assertThat(client.error()).startsWith("26000");
      client.execute("nowhere", 0);
      client.send('S');
      assertThat(client.error()).startsWith("34000");
      client.send('D', body -> text(body, "Xnowhere"));
      client.send('S');
      assertThat(client.error()).startsWith("08P01");
    }
  }

  /** What a client has sent behind a mistake is not done. */
  @Test
  void everythingUpToSyncIsSkipped() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.query("CREATE TABLE IF NOT EXISTS skipped (a int)");
      client.untilReady();
      client.parse("", "INSERT INTO skipped VALUES (1)");
      client.bind("", "");
      client.execute("", 0);
      client.bind("", "nowhere");
      client.parse("", "INSERT INTO skipped VALUES (2)");
      client.bind("", "");
      client.execute("", 0);
      client.send('S');
      assertThat(client.types()).isEqualTo("12CEZ");
      client.query("SELECT * FROM skipped");
      assertThat(client.types()).isEqualTo("TCZ");
    }
  }

  @Test
  void parametersAndFormatsThatAreNotThere() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.parse("s", "SELECT $1::int");
      client.send(
          'B',
          body -> {
            text(body, "");
            text(body, "s");
            body.writeShort(0);
            body.writeShort(1);
            body.writeInt(1_000_000);
            body.writeByte('1');
          });
      client.send('S');
      assertThat(client.error()).startsWith("08P01");
      client.send(
          'B',
          body -> {
            text(body, "");
            text(body, "s");
            body.writeShort(1);
            body.writeShort(7);
            body.writeShort(1);
            body.writeInt(1);
            body.writeByte('1');
            body.writeShort(0);
          });
      client.send('S');
      assertThat(client.error()).startsWith("22023");
    }
  }

  @Test
  void cancelWithAWrongKeyDoesNothing() throws IOException {
    try (WireClient victim = WireClient.in(server)) {
      victim.query("SELECT pg_sleep(0.3)");
      cancel(victim.process(), victim.secret() + 1);
      cancel(victim.process() + 1_000, victim.secret());
      assertThat(victim.types()).isEqualTo("TDCZ");
    }
  }

  @Test
  void cancelWithTheKeyEndsTheStatement() throws IOException {
    try (WireClient victim = WireClient.in(server)) {
      victim.query("SELECT pg_sleep(600)");
      try (WireClient watcher = WireClient.in(server)) {
        watcher.awaitRunning(victim);
      }
      cancel(victim.process(), victim.secret());
      assertThat(victim.error()).startsWith("57014");
      victim.query("SELECT 1");
      assertThat(victim.types()).isEqualTo("TDCZ");
    }
  }

  private static void cancel(int process, int secret) throws IOException {
    try (WireClient other = new WireClient(server)) {
      other.raw(
          WireClient.packet(body -> {
            body.writeInt(CANCEL);
            body.writeInt(process);
            body.writeInt(secret);
          }));
      assertThat(other.isAtEnd()).isTrue();
    }
  }

  @Test
  void aClientThatDiesInATransactionLetsItsLocksGo() throws IOException {
    try (WireClient owner = WireClient.in(server)) {
      owner.query("CREATE TABLE held (id int PRIMARY KEY, n int)");
      owner.untilReady();
      owner.query("INSERT INTO held VALUES (1, 0)");
      owner.untilReady();
    }
    try (WireClient dying = WireClient.in(server)) {
      dying.query("BEGIN; UPDATE held SET n = 1 WHERE id = 1");
      dying.untilReady();
    }
    assertLocksAreGone();
    WireClient running = WireClient.in(server);
    running.query("BEGIN; UPDATE held SET n = 2 WHERE id = 1");
    running.untilReady();
    running.query("SELECT pg_sleep(600)");
    running.close();
    assertLocksAreGone();
  }

  private static void assertLocksAreGone() throws IOException {
    try (WireClient next = WireClient.in(server)) {
      next.query("UPDATE held SET n = n + 1 WHERE id = 1");
      assertThat(next.types()).isEqualTo("CZ");
    }
  }

  /** As slow as one byte after another: the message is answered when it is whole. */
  @Test
  void oneByteAtATime() throws IOException {
    try (WireClient client = WireClient.in(server)) {
      for (byte single : WireClient.message('Q', body -> text(body, "SELECT 'slow'"))) {
        client.raw(single);
      }
      assertThat(client.types()).isEqualTo("TDCZ");
    }
  }

  @Test
  void aClientThatReadsNothingDoesNotStopOthers() throws IOException {
    try (WireClient deaf = WireClient.in(server)) {
      deaf.query("SELECT repeat('x', 1000) FROM generate_series(1, 100000)");
      servesTheNextClient();
    }
  }

  private static byte[] number(int value) {
    return new byte[] {
      (byte) (value >> 24), (byte) (value >> 16), (byte) (value >> 8), (byte) value
    };
  }
}

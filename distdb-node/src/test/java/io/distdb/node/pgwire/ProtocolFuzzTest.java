// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static io.distdb.node.pgwire.WireClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;
import org.slf4j.LoggerFactory;

/**
 * Clients that say nonsense of every kind, from seeds: right messages in wrong orders, with wrong
 * bytes, cut off, at once. Whatever they say, nothing is an internal error, others are served at
 * once, and nothing of them is left when they are gone. Seconds by {@code -Ddistdb.fuzz.seconds}, a
 * seed alone by {@code -Ddistdb.fuzz.seed}.
 */
class ProtocolFuzzTest {
  private static final long SECONDS = Long.getLong("distdb.fuzz.seconds", 5);
  private static final int CLIENTS = 4;
  private static final int MESSAGES_MAX = 40;
  private static final long LEFT_BYTES_MAX = 64 << 20;

  private static final List<String> TEXTS =
      List.of(
          "",
          ";",
          "SELECT 1",
          "SELECT $1::int + $2::bigint",
          "SELECT * FROM fuzz WHERE id = $1",
          "SELECT * FROM fuzz ORDER BY n",
          "SELECT generate_series(1, 2000)",
          "SELECT $1::text, $2::numeric, $3::timestamptz, $4::int[]",
          "INSERT INTO fuzz VALUES ($1, $2) ON CONFLICT DO NOTHING",
          "INSERT INTO fuzz VALUES (1, 'one') ON CONFLICT (id) DO UPDATE SET n = excluded.n",
          "UPDATE fuzz SET n = n || 'x' WHERE id < $1",
          "DELETE FROM fuzz WHERE id = $1 RETURNING *",
          "BEGIN",
          "COMMIT",
          "ROLLBACK",
          "SAVEPOINT s",
          "ROLLBACK TO s",
          "BEGIN; SELECT 1; SELECT 1/0; COMMIT",
          "SELECT 1; SELECT 2; INSERT INTO fuzz VALUES (7, 'seven') ON CONFLICT DO NOTHING",
          "DECLARE c CURSOR FOR SELECT * FROM fuzz",
          "FETCH 2 FROM c",
          "FETCH 1 FROM n0",
          "CLOSE n1",
          "EXECUTE n0",
          "DEALLOCATE n1",
          "SELECT * FROM pg_cursors, pg_prepared_statements",
          "CLOSE ALL",
          "PREPARE p AS SELECT $1::int",
          "EXECUTE p(1)",
          "DEALLOCATE ALL",
          "DISCARD ALL",
          "SET application_name = 'fuzz'",
          "SET statement_timeout = '100ms'",
          "RESET ALL",
          "SHOW ALL",
          "LISTEN a",
          "NOTIFY a, 'b'",
          "UNLISTEN *",
          "COPY fuzz FROM STDIN",
          "COPY fuzz TO STDOUT",
          "COPY fuzz FROM STDIN WITH (FORMAT csv)",
          "COPY fuzz TO STDOUT (FORMAT binary)",
          "CREATE TEMP TABLE t (a int)",
          "DROP TABLE IF EXISTS t",
          "EXPLAIN SELECT * FROM fuzz",
          "SELECT pg_sleep(0.001)",
          "SELECT pg_try_advisory_lock(1)",
          "SELECT relname, relkind FROM pg_class WHERE relname = $1",
          "VALUES (1, 'a'), (2, NULL)",
          "SELECT 'unterminated",
          "SELECT /* unterminated",
          "SELECT \"",
          "SELECT $$a",
          "SELEC 1",
          "\u0001\u0002");

  /** Of statements and portals; two of them are those of PREPARE and DECLARE above. */
  private static final List<String> NAMES = List.of("n0", "n1", "p", "c");

  private final ConcurrentLinkedQueue<String> found = new ConcurrentLinkedQueue<>();
  private final AtomicLong conversations = new AtomicLong();
  private InetSocketAddress server;

  @Test
  void nonsenseIsAnsweredAndForgotten() throws Exception {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    try (ServedNode node =
        ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config))) {
      server = node.sqlAddress();
      try (WireClient client = WireClient.in(server)) {
        client.query("CREATE TABLE fuzz (id int PRIMARY KEY, n text)");
        client.untilReady();
      }
      Long seed = Long.getLong("distdb.fuzz.seed");
      if (seed != null) {
        converse(seed);
      } else {
        talk(System.nanoTime());
      }
      assertThat(found).isEmpty();
      assertNothingIsLeft(node);
    }
  }

  private void talk(long firstSeed) throws InterruptedException {
    converse(firstSeed);
    long before = usedBytes();
    long deadline = System.nanoTime() + SECONDS * 1_000_000_000L;
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < CLIENTS; i++) {
      long seed = firstSeed + (long) i * 1_000_000_000;
      threads.add(Thread.ofPlatform().start(() -> talkUntil(deadline, seed)));
    }
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(usedBytes() - before).as("bytes left behind").isLessThan(LEFT_BYTES_MAX);
    LoggerFactory.getLogger(ProtocolFuzzTest.class)
        .info("{} conversations from seed {}", conversations.get(), firstSeed);
  }

  private void talkUntil(long deadline, long firstSeed) {
    for (long seed = firstSeed; System.nanoTime() < deadline && found.isEmpty(); seed++) {
      converse(seed);
      if (seed % 50 == 0) {
        serveSomebodyElse(seed);
      }
    }
  }

  /** A client with good manners is answered. */
  private void serveSomebodyElse(long seed) {
    try (WireClient client = WireClient.in(server)) {
      client.query("SELECT 1");
      String types = client.types();
      if (!types.equals("TDCZ")) {
        found.add("seed " + seed + ": SELECT 1 was answered by " + types);
      }
    } catch (IOException | RuntimeException refused) {
      found.add("seed " + seed + ": SELECT 1 failed: " + refused);
    }
  }

  private void converse(long seed) {
    conversations.incrementAndGet();
    Random random = new Random(seed);
    try (WireClient client = new WireClient(server)) {
      if (random.nextInt(20) == 0) {
        client.raw(garbage(random, random.nextInt(64)));
        client.endOfInput();
        hear(client, seed);
        return;
      }
      client.start(196_608, "user", "fuzz", "database", "postgres");
      ByteArrayOutputStream said = new ByteArrayOutputStream();
      int count = random.nextInt(MESSAGES_MAX);
      for (int i = 0; i < count; i++) {
        said.writeBytes(mutated(message(random), random));
      }
      if (random.nextBoolean()) {
        said.writeBytes(WireClient.message('S', body -> {}));
      }
      client.raw(said.toByteArray());
      if (random.nextInt(4) > 0) {
        client.endOfInput();
        hear(client, seed);
      }
    } catch (SocketTimeoutException hangs) {
      found.add("seed " + seed + ": no answer");
    } catch (IOException gone) {
      // The server may end a conversation that it cannot follow.
    }
  }

  /** Reads all answers: none may be a fault of the server. */
  private void hear(WireClient client, long seed) throws IOException {
    for (WireClient.Message message = client.read(); message != null; message = client.read()) {
      if (message.type() == 'E' && message.field('C').startsWith("XX")) {
        found.add("seed " + seed + ": " + message);
      }
    }
  }

  private static byte[] message(Random random) throws IOException {
    String sql = TEXTS.get(random.nextInt(TEXTS.size()));
    String name = random.nextInt(3) == 0 ? NAMES.get(random.nextInt(NAMES.size())) : "";
    return switch (random.nextInt(12)) {
      case 0, 1 -> WireClient.message('Q', body -> text(body, sql));
      case 2, 3 ->
          WireClient.message(
              'P',
              body -> {
                text(body, name);
                text(body, sql);
                int types = random.nextInt(3);
                body.writeShort(types);
                for (int i = 0; i < types; i++) {
                  body.writeInt(random.nextInt(30));
                }
              });
      case 4, 5 -> bind(name, random);
      case 6, 7 ->
          WireClient.message(
              'E',
              body -> {
                text(body, name);
                body.writeInt(random.nextInt(4) - 1);
              });
      case 8 ->
          WireClient.message(
              random.nextBoolean() ? 'D' : 'C',
              body -> {
                body.writeByte("SPX".charAt(random.nextInt(3)));
                text(body, name);
              });
      case 9 -> WireClient.message("SSSHSX".charAt(random.nextInt(6)), body -> {});
      case 10 ->
          WireClient.message(
              "dcf".charAt(random.nextInt(3)),
              body -> body.writeBytes(random.nextBoolean() ? "1\tone\n" : "nonsense\n"));
      default -> garbage(random, random.nextInt(40));
    };
  }

  private static byte[] bind(String name, Random random) throws IOException {
    return WireClient.message(
        'B',
        body -> {
          text(body, name);
          text(body, name);
          body.writeShort(random.nextInt(2));
          int count = random.nextInt(4);
          if (random.nextInt(3) == 0) {
            body.writeShort(random.nextInt(2));
          }
          body.writeShort(count);
          for (int i = 0; i < count; i++) {
            byte[] value = random.nextBoolean() ? new byte[] {'1'} : garbage(random, 8);
            body.writeInt(random.nextInt(10) == 0 ? random.nextInt() : value.length);
            body.write(value);
          }
          body.writeShort(0);
        });
  }

  /** Mostly what it was. */
  private static byte[] mutated(byte[] message, Random random) {
    if (message.length == 0 || random.nextInt(6) > 0) {
      return message;
    }
    byte[] changed = message.clone();
    for (int i = random.nextInt(3); i >= 0; i--) {
      changed[random.nextInt(changed.length)] = (byte) random.nextInt(256);
    }
    return random.nextInt(4) == 0
        ? java.util.Arrays.copyOf(changed, random.nextInt(changed.length + 1))
        : changed;
  }

  private static byte[] garbage(Random random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  private static void assertNothingIsLeft(ServedNode node) throws InterruptedException {
    for (int i = 0; i < 6_000 && node.connectionCount() > 0; i++) {
      Thread.sleep(10);
    }
    assertThat(node.connectionCount()).as("connections of clients that are gone").isZero();
  }

  private static long usedBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }
}

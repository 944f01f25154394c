// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.ServedNode;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.management.ManagementFactory;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * What connections cost, and that they leave nothing. Few by default; {@code
 * -Ddistdb.connections.row=10000 -Ddistdb.connections.idle=5000} are the issue's, for which the
 * process needs 10,100 descriptors ({@code ulimit -n}): both ends are in it.
 */
class ManyConnectionsTest {
  private static final int IN_A_ROW = Integer.getInteger("distdb.connections.row", 500);
  private static final int IDLE = Integer.getInteger("distdb.connections.idle", 300);
  private static final int IDLE_BYTES_MAX = 50_000;
  private static final Path DESCRIPTORS = Path.of("/proc/self/fd");

  private ServedNode node;
  private InetSocketAddress server;

  @BeforeEach
  void start() {
    Config config = Config.inMemory();
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    node = ServedNode.start(config, ServerOptions.at(any, true), Surroundings.system(config));
    server = node.sqlAddress();
  }

  @AfterEach
  void stop() {
    node.close();
  }

  /** What there is of what a connection has. */
  private record Left(int connections, int threads, long descriptors, long heapBytes) {}

  @Test
  void connectsInARowLeaveNothing() throws IOException {
    query("CREATE ROLE single LOGIN CONNECTION LIMIT 1");
    query("CREATE TABLE visited (id int PRIMARY KEY, n int)");
    query("INSERT INTO visited VALUES (1, 0)");
    for (int i = 0; i < 100; i++) {
      visit(i);
    }
    Left before = left();
    for (int i = 0; i < IN_A_ROW; i++) {
      visit(i);
    }
    Left after = left();
    System.out.println(IN_A_ROW + " connects in a row: " + before + ", then " + after);
    assertThat(after.connections()).isZero();
    assertThat(after.threads()).isLessThan(before.threads() + 5);
    assertThat(after.descriptors()).isLessThan(before.descriptors() + 5);
    assertThat(after.heapBytes() - before.heapBytes()).isLessThan(1_500_000L + 100L * IN_A_ROW);
    assertNothingIsHeld();
  }

  /** Comes in, leaves something behind in each way there is, and goes with or without a word. */
  private void visit(int number) throws IOException {
    switch (number % 5) {
      case 0 -> {
        try (WireClient stranger = new WireClient(server)) {
          stranger.start(196_608, "user", "tester", "database", "nowhere");
          assertThat(stranger.error()).startsWith("3D000");
        }
      }
      case 1 -> {
        try (WireClient polite = WireClient.in(server)) {
          polite.query("SELECT 1");
          assertThat(polite.types()).isEqualTo("TDCZ");
          polite.send('X');
          assertThat(polite.isAtEnd()).isTrue();
        }
      }
      case 2 -> {
        try (WireClient holder = WireClient.in(server)) {
          holder.query("LISTEN news; SELECT pg_advisory_lock(" + number + ")");
          assertThat(holder.types()).isEqualTo("CTDCZ");
          holder.parse("kept", "SELECT n FROM visited WHERE id = $1");
          holder.bind("open", "kept", "1");
          holder.execute("open", 1);
          holder.send('S');
          assertThat(holder.types()).isEqualTo("12DsZ");
        }
      }
      case 3 -> {
        try (WireClient dying = WireClient.in(server)) {
          dying.query("BEGIN; DECLARE c CURSOR WITH HOLD FOR SELECT n FROM visited");
          assertThat(dying.types()).isEqualTo("CCZ");
          dying.query("UPDATE visited SET n = n + 1");
          assertThat(dying.types()).isEqualTo("CZ");
        }
        awaitNobody();
      }
      default -> {
        try (WireClient silent = new WireClient(server)) {
          silent.raw((byte) 0, (byte) 0);
        }
      }
    }
  }

  private void assertNothingIsHeld() throws IOException {
    try (WireClient last = new WireClient(server)) {
      last.start(196_608, "user", "single", "database", "postgres");
      assertThat(last.types()).endsWith("Z");
      last.query("SELECT count(*) FROM pg_stat_activity");
      assertThat(last.read().type()).isEqualTo('T');
      assertThat(last.read().text()).endsWith("1");
      last.untilReady();
      last.query("SELECT pg_try_advisory_lock(2)");
      assertThat(last.read().type()).isEqualTo('T');
      assertThat(last.read().text()).endsWith("t");
    }
    query("SET lock_timeout = '50s'; UPDATE visited SET n = 0");
  }

  @Test
  void idleConnectionsAreSmall() throws IOException {
    List<WireClient> idle = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      idle.add(used());
    }
    Left before = left(idle.size());
    for (int i = 0; i < IDLE; i++) {
      idle.add(used());
    }
    Left after = left(idle.size());
    long each = (after.heapBytes() - before.heapBytes()) / IDLE;
    System.out.println(IDLE + " idle connections: " + each + " bytes each, both ends");
    assertThat(after.connections()).isEqualTo(idle.size());
    assertThat(each).isLessThan(IDLE_BYTES_MAX);
    assertThat(after.threads()).isLessThan(before.threads() + 5);
    for (WireClient one : idle) {
      one.query("SELECT 1");
      assertThat(one.types()).isEqualTo("TDCZ");
      one.close();
    }
    assertThat(left().connections()).isZero();
  }

  /** A client that has done something, and has it prepared. */
  private WireClient used() throws IOException {
    WireClient client = WireClient.in(server);
    client.parse("mine", "SELECT $1::int + 1");
    client.bind("", "mine", "1");
    client.execute("", 0);
    client.send('S');
    assertThat(client.types()).isEqualTo("12DCZ");
    client.query("SELECT repeat('x', 100000)");
    assertThat(client.types()).isEqualTo("TDCZ");
    client.query("SELECT length('" + "y".repeat(30_000) + "')");
    assertThat(client.types()).isEqualTo("TDCZ");
    client.query("SELECT length('" + "z".repeat(100_000) + "')");
    assertThat(client.types()).isEqualTo("TDCZ");
    return client;
  }

  private void query(String sql) throws IOException {
    try (WireClient client = WireClient.in(server)) {
      client.query(sql);
      assertThat(client.error()).isEqualTo("no error");
    }
  }

  private void awaitNobody() {
    until(() -> node.connectionCount() == 0);
  }

  private Left left() {
    return left(0);
  }

  /**
   * @param connections that are to stay
   */
  private Left left(int connections) {
    until(() -> node.connectionCount() == connections);
    long[] least = {Long.MAX_VALUE, 0};
    until(() -> {
      // What a collection frees may hold what only the next one can free.
      System.gc();
      long used = ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
      boolean settled = used > least[0] - 100_000;
      least[0] = Math.min(used, least[0]);
      least[1] = settled ? least[1] + 1 : 0;
      return least[1] == 2;
    });
    return new Left(node.connectionCount(), threads(), descriptors(), least[0]);
  }

  /** Without those that carry light threads: of these the JDK keeps up to one a processor. */
  private static int threads() {
    return (int)
        Thread.getAllStackTraces().keySet().stream()
            .filter(thread -> !thread.getName().startsWith("ForkJoinPool"))
            .count();
  }

  private static long descriptors() {
    if (!Files.exists(DESCRIPTORS)) {
      return 0;
    }
    try (Stream<Path> open = Files.list(DESCRIPTORS)) {
      return open.count();
    } catch (IOException unreadable) {
      throw new UncheckedIOException(unreadable);
    }
  }

  private static void until(BooleanSupplier condition) {
    Waiter pause = Scheduler.threads().newWaiter();
    long began = System.nanoTime();
    while (!condition.getAsBoolean()) {
      assertThat(System.nanoTime() - began).isLessThan(120_000_000_000L);
      pause.awaitUninterruptibly(2_000_000);
    }
  }
}

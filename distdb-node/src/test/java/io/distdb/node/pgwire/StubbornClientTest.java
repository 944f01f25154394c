// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import static io.distdb.node.pgwire.WireClient.text;
import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.node.config.ClientLimits;
import io.distdb.node.config.Config;
import io.distdb.node.wiring.Node;
import io.distdb.node.wiring.Surroundings;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

/** Clients that will not come in, read, go, or leave anything for others. */
class StubbornClientTest {
  private static final String MANY_ROWS =
      "SELECT repeat('x', 1000) FROM generate_series(1, 1000000)";

  /** Nothing that comes takes as long, on a machine that stalls either. */
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private final Config config = Config.inMemory();
  private final Node node = Node.start(config, Surroundings.system(config));
  private final List<AutoCloseable> open = new ArrayList<>();

  @AfterEach
  void stop() throws Exception {
    for (AutoCloseable one : open.reversed()) {
      one.close();
    }
    node.close();
  }

  private PgServer serve(Scheduler scheduler, ClientLimits limits) {
    InetSocketAddress any = new InetSocketAddress(InetAddress.getLoopbackAddress(), 0);
    PgServer server =
        PgServer.start(
            node.databases(),
            scheduler,
            Clock.system(),
            ServerOptions.at(any, Admission.TRUST, limits));
    open.add(server);
    return server;
  }

  private PgServer serve(int connectionsMax, int startMillis, int drainMillis) {
    return serve(
        Scheduler.threads(), new ClientLimits(connectionsMax, 1 << 20, startMillis, drainMillis));
  }

  private WireClient client(PgServer server) throws IOException {
    WireClient client = WireClient.in(server.address());
    open.add(client);
    return client;
  }

  private static void awaitCount(PgServer server, int count) {
    Waiter pause = Scheduler.threads().newWaiter();
    long began = System.nanoTime();
    while (server.connectionCount() > count && System.nanoTime() - began < PATIENCE_NANOS) {
      pause.awaitUninterruptibly(5_000_000);
    }
    assertThat(server.connectionCount()).isEqualTo(count);
  }

  /** The time to come in is for all of it, however often something comes. */
  @Test
  void whoSaysAByteAtATimeIsNotWaitedForForEver() throws IOException {
    PgServer server = serve(10, 300, 1_000);
    try (Socket slow = new Socket(server.address().getAddress(), server.address().getPort())) {
      slow.setSoTimeout(20);
      assertThat(isClosedAgainst(slow)).isTrue();
    }
  }

  private static boolean isClosedAgainst(Socket slow) throws IOException {
    byte[] packet = {0, 0, 0x20, 0};
    long began = System.nanoTime();
    for (int i = 0; System.nanoTime() - began < PATIENCE_NANOS; i++) {
      try {
        slow.getOutputStream().write(i < packet.length ? packet[i] : 'x');
        if (slow.getInputStream().read() < 0) {
          return true;
        }
      } catch (SocketTimeoutException notYet) {
        // The next byte follows.
      } catch (SocketException closed) {
        return true;
      }
    }
    return false;
  }

  @Test
  void thoseWhoSayNothingAreLimitedToo() throws IOException {
    PgServer server = serve(2, 60_000, 1_000);
    for (int i = 0; i < 4; i++) {
      open.add(new WireClient(server.address()));
    }
    try (WireClient fifth = new WireClient(server.address())) {
      assertThat(fifth.isAtEnd()).isTrue();
    }
    assertThat(server.connectionCount()).isLessThanOrEqualTo(4);
  }

  @Test
  void whoReadsNothingCanBeTerminated() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    WireClient deaf = client(server);
    WireClient other = client(server);
    deaf.query(MANY_ROWS);
    awaitStuck(server);
    other.query("SELECT pg_terminate_backend(" + deaf.process() + ")");
    assertThat(other.types()).isEqualTo("TDCZ");
    awaitCount(server, 1);
  }

  @Test
  void whoReadsNothingDoesNotHoldUpTheEnd() throws IOException {
    PgServer server = serve(10, 60_000, 100);
    WireClient deaf = client(server);
    deaf.query(MANY_ROWS);
    awaitStuck(server);
    long began = System.nanoTime();
    server.close();
    assertThat(System.nanoTime() - began).isLessThan(PATIENCE_NANOS);
    awaitCount(server, 0);
  }

  /** All that the sockets take is on its way. */
  private static void awaitStuck(PgServer server) {
    Waiter pause = Scheduler.threads().newWaiter();
    long before = -1;
    for (long now = sent(server); now != before || now == 0; now = sent(server)) {
      before = now;
      pause.awaitUninterruptibly(50_000_000);
    }
  }

  private static long sent(PgServer server) {
    return server.metrics().metrics().stream()
        .filter(metric -> metric.name().equals("server.sent"))
        .mapToLong(metric -> (long) metric.value().getAsDouble())
        .findFirst()
        .orElseThrow();
  }

  /** Its good-bye hides the end of the connection from who looks whether it is still there. */
  @Test
  void whoSaysGoodByeWithinAStatementLetsItsLocksGo() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    WireClient leaving = client(server);
    leaving.query("SELECT pg_advisory_lock(1), pg_sleep(600)");
    leaving.send('X');
    leaving.close();
    awaitCount(server, 0);
  }

  /** Ended at whatever moment, none stays. */
  @Test
  void everyoneWhoIsTerminatedGoes() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    WireClient other = client(server);
    for (int i = 0; i < 200; i++) {
      WireClient busy = client(server);
      busy.query("SELECT 1");
      other.query("SELECT pg_terminate_backend(" + busy.process() + ")");
      assertThat(other.types()).isEqualTo("TDCZ");
      awaitCount(server, 1);
      assertThat(lastError(busy)).isEqualTo("57P01");
    }
  }

  private static String lastError(WireClient ended) throws IOException {
    String last = "";
    for (WireClient.Message told = ended.read(); told != null; told = ended.read()) {
      last = told.type() == 'E' ? told.field('C') : last;
    }
    return last;
  }

  /**
   * As many as there are processors parse for half a minute; others are served before that ends.
   */
  @Test
  void longTextsThatAreWrongDoNotStopOthers() throws IOException {
    // On a fast machine it may be read to its end before the cancel comes.
    assertOthersAreServed(
        "SELECT 1 WHERE a = 1" + " OR a = 2".repeat(60_000) + " FROM b", "57014|42601");
  }

  /** Light threads that compute, as many as there are processors, stand back for others. */
  @Test
  void longStatementsDoNotStopOthers() throws IOException {
    assertOthersAreServed(
        "SELECT count(*) FROM generate_series(1, 10000000000) x WHERE length(md5(x::text)) = 3",
        "57014");
  }

  private void assertOthersAreServed(String statement, String end) throws IOException {
    PgServer server = serve(100, 60_000, 1_000);
    WireClient other = client(server);
    List<WireClient> hogs = new ArrayList<>();
    for (int i = 0; i < Runtime.getRuntime().availableProcessors(); i++) {
      WireClient hog = client(server);
      hog.query(statement);
      hogs.add(hog);
    }
    for (int i = 0; i < 3; i++) {
      other.query("SELECT 1");
      assertThat(other.types()).isEqualTo("TDCZ");
    }
    for (WireClient hog : hogs) {
      cancelUntilAnswered(hog, other);
      assertThat(hog.error().substring(0, 5)).matches(end);
    }
  }

  /** Again and again, as a cancel that comes before its statement has no effect. */
  private static void cancelUntilAnswered(WireClient hog, WireClient other) throws IOException {
    while (!hog.isAnswered()) {
      other.query("SELECT pg_cancel_backend(" + hog.process() + ")");
      assertThat(other.types()).isEqualTo("TDCZ");
    }
  }

  /** Of threads for clients, the first fails; of those that tell notifications, it counts. */
  private static final class Failing implements Scheduler {
    private final Scheduler threads = Scheduler.threads();
    private final AtomicInteger clients = new AtomicInteger();
    private final AtomicInteger telling = new AtomicInteger();

    @Override
    public Waiter newWaiter() {
      return threads.newWaiter();
    }

    @Override
    public Task start(String name, Runnable body) {
      return threads.start(name, body);
    }

    @Override
    public Task startLight(String name, Runnable body) {
      if (name.equals("distdb-client") && clients.incrementAndGet() == 1) {
        throw new OutOfMemoryError("as a test wants it");
      }
      if (name.equals("distdb-notify")) {
        telling.incrementAndGet();
      }
      return threads.startLight(name, body);
    }

    @Override
    public Timer after(long delayNanos, String name, Runnable action) {
      return threads.after(delayNanos, name, action);
    }
  }

  @Test
  void aClientThatThereIsNoMemoryForDoesNotEndTheServer() throws IOException {
    PgServer server = serve(new Failing(), ClientLimits.DEFAULT);
    try (WireClient unlucky = new WireClient(server.address())) {
      assertThat(unlucky.isAtEnd()).isTrue();
    }
    assertThat(server.connectionCount()).isZero();
    WireClient next = client(server);
    next.query("SELECT 1");
    assertThat(next.types()).isEqualTo("TDCZ");
  }

  @Test
  void oneThreadTellsABusyListenerOfAllThatComes() throws IOException {
    Failing scheduler = new Failing();
    scheduler.clients.set(1);
    PgServer server = serve(scheduler, ClientLimits.DEFAULT);
    WireClient listener = client(server);
    WireClient sender = client(server);
    listener.query("LISTEN news");
    listener.untilReady();
    listener.query("SELECT pg_advisory_lock(1)");
    listener.untilReady();
    listener.query("SELECT pg_sleep(600)");
    // What comes for its session before the statement has begun is told at once.
    sender.awaitRunning(listener);
    for (int i = 0; i < 100; i++) {
      sender.query("NOTIFY news, '" + i + "'");
      sender.untilReady();
    }
    assertThat(scheduler.telling).hasValueLessThanOrEqualTo(2);
    sender.query("SELECT pg_cancel_backend(" + listener.process() + ")");
    sender.untilReady();
    assertThat(listener.types()).startsWith("TE").contains("A".repeat(90));
  }

  @Test
  void namesInTheLogAreOneLine() {
    assertThat(PgServer.printable("eve\n12:00 INFO \u001b[2J\u202eit's"))
        .isEqualTo("'eve?12:00 INFO ?[2J?it''s'");
    assertThat(PgServer.printable("x".repeat(10_000))).hasSizeLessThan(100);
  }

  @Test
  void whoseMachineIsGoneIsAskedForNowAndThen() throws IOException {
    try (ServerSocket listener = new ServerSocket(0, 1, InetAddress.getLoopbackAddress());
        Socket client = new Socket(listener.getInetAddress(), listener.getLocalPort());
        Socket accepted = listener.accept()) {
      new SocketChannel(accepted, new ServerMetrics(() -> 0));
      assertThat(accepted.getKeepAlive()).isTrue();
      assertThat(client.isConnected()).isTrue();
    }
  }

  // --- messages that PostgreSQL answers otherwise than one might think ---

  @Test
  void functionCallsAreRefusedAndTheNextMessageIsWaitedFor() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    WireClient client = client(server);
    client.send('F', body -> body.writeInt(1598));
    assertThat(client.types()).isEqualTo("EZ");
    client.query("SELECT 1");
    assertThat(client.types()).isEqualTo("TDCZ");
  }

  @Test
  void aSyncThatIsTooLongIsAnsweredAsOne() throws IOException {
    WireClient client = client(serve(10, 60_000, 1_000));
    client.send('S', body -> body.writeInt(1));
    assertThat(client.types()).isEqualTo("EZ");
  }

  @Test
  void onlyMinusOneIsTheLengthOfNull() throws IOException {
    WireClient client = client(serve(10, 60_000, 1_000));
    client.parse("s", "SELECT $1::int");
    client.send(
        'B',
        body -> {
          text(body, "");
          text(body, "s");
          body.writeShort(0);
          body.writeShort(1);
          body.writeInt(-2);
          body.writeShort(0);
        });
    client.send('S');
    assertThat(client.error()).startsWith("08P01");
  }

  @Test
  void newerVersionsAndUnknownOptionsAreToldWhatIsSpoken() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    try (WireClient client = new WireClient(server.address())) {
      client.start((3 << 16) + 2, "user", "tester", "database", "postgres", "_pq_.odd", "1");
      WireClient.Message told = client.untilReady().getFirst();
      assertThat(told.type()).isEqualTo('v');
      assertThat(told.body()).startsWith(0, 3, 0, 0, 0, 0, 0, 1).endsWith('d', 0);
      client.query("SELECT 1");
      assertThat(client.types()).isEqualTo("TDCZ");
    }
  }

  @Test
  void standbysAreRefused() throws IOException {
    PgServer server = serve(10, 60_000, 1_000);
    try (WireClient client = new WireClient(server.address())) {
      client.start(3 << 16, "user", "tester", "database", "postgres", "replication", "true");
      assertThat(client.error()).startsWith("0A000");
    }
    try (WireClient client = new WireClient(server.address())) {
      client.start(3 << 16, "user", "tester", "database", "postgres", "replication", "off");
      assertThat(client.types()).endsWith("Z");
    }
  }
}

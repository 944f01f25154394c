// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import io.distdb.testkit.SeededRandom;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.SocketException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

class GrpcTransportTest {
  private final TransportNodes nodes = new TransportNodes();

  @AfterEach
  void end() {
    nodes.close();
  }

  private static TransportIdentity identity(String node) {
    return TransportNodes.identity("red", node);
  }

  private static TransportIdentity speaking(String node, int oldest, int newest) {
    return new TransportIdentity("red", new NodeId(node), 1, new VersionRange(oldest, newest));
  }

  private static TransportIdentity living(String node, long incarnation) {
    return new TransportIdentity("red", new NodeId(node), incarnation, VersionRange.CURRENT);
  }

  @Test
  void twoClustersThatMeetPartInBothLogs() {
    GrpcTransport one = nodes.open(identity("one"));
    nodes.open(TransportNodes.identity("blue", "two"));
    String why = "node one is of cluster \"red\", node two of cluster \"blue\"";
    nodes.sendsUntilLogged(
        one, "two", "WARN refused a connection from /127.0.0.1:", ": " + why, "part: " + why);
  }

  @Test
  void aRefusalIsLoggedOnceThoughItIsTriedOnAndOn() {
    GrpcTransport one = nodes.open(identity("one"));
    nodes.open(TransportNodes.identity("blue", "two"));
    nodes.sendsUntilLogged(one, "two", "part: node one is of cluster");
    for (int i = 0; i < 30; i++) {
      one.send(new NodeId("two"), Envelope.Lane.CONSENSUS, Bytes.of(i));
      nodes.pass(10 * TransportNodes.MILLISECOND);
    }
    assertThat(nodes.log()).filteredOn(line -> line.contains("part: ")).hasSize(1);
  }

  @Test
  void aNodeAtAnothersAddressIsNotTakenForIt() {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport two = nodes.open(identity("two"));
    nodes.place("three", two.port().orElseThrow());
    String why = "node one calls node three, and this is node two: the address is another node's";
    nodes.sendsUntilLogged(one, "three", "refused a connection", ": " + why, "part: " + why);
    nodes.reaches(one, "two", "right");
  }

  @Test
  void twoNodesOfOneNameDoNotTalk() {
    GrpcTransport one = nodes.open(living("one", 1));
    GrpcTransport double1 = nodes.open(living("one", 2));
    nodes.place("two", double1.port().orElseThrow());
    String why = "node one calls node two, and this is node one";
    nodes.sendsUntilLogged(one, "two", "refused a connection", ": " + why, "part: " + why);
  }

  @Test
  void aNewerNodeSpeaksTheOlderProtocolWithAnOlderNode() {
    GrpcTransport older = nodes.open(speaking("older", 1, 2));
    GrpcTransport newer = nodes.open(speaking("newer", 2, 3));
    nodes.reaches(older, "newer", "up");
    nodes.reaches(newer, "older", "down");
    nodes.until(() -> versions(older).equals(List.of(2)));
    nodes.until(() -> versions(newer).equals(List.of(2)));
  }

  /** Of each connection; one that a stall of the machine has ended comes again. */
  private static List<Integer> versions(GrpcTransport of) {
    return of.report().stream().map(LinkReport::version).toList();
  }

  @Test
  void nodesWithNoVersionInCommonPartInBothLogs() {
    GrpcTransport older = nodes.open(speaking("older", 1, 2));
    nodes.open(speaking("newer", 3, 4));
    String why =
        "node older speaks versions 1 to 2 of the protocol between nodes, node newer versions 3 to 4";
    nodes.sendsUntilLogged(older, "newer", "refused a connection", ": " + why, "part: " + why);
  }

  @Test
  void theEndOfANodeIsToldToWhoSentToIt() {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport two = nodes.open(identity("two"));
    nodes.reaches(one, "two", "here");
    assertThat(nodes.losses).isEmpty();
    two.close();
    nodes.until(() -> nodes.losses.contains(new TransportNodes.Loss(one.self(), two.self())));
  }

  @Test
  void theEndOfANodeIsToldToWhoHeardOfItOnly() {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport two = nodes.open(identity("two"));
    nodes.reaches(two, "one", "here");
    two.close();
    nodes.until(() -> nodes.losses.contains(new TransportNodes.Loss(one.self(), two.self())));
    assertThat(nodes.losses).extracting(TransportNodes.Loss::at).containsOnly(one.self());
  }

  @Test
  void aPeerThatRestartsElsewhereIsFoundAgain() {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport first = nodes.open(living("two", 1));
    nodes.reaches(one, "two", "first life");
    nodes.reaches(first, "one", "from the first life");
    first.close();
    GrpcTransport second = nodes.open(living("two", 2));
    nodes.reaches(one, "two", "second life");
    nodes.reaches(second, "one", "from the second life");
  }

  @Test
  void anOlderLifeOfANodeIsRefusedAfterANewer() {
    nodes.open(identity("one"));
    GrpcTransport zombie = nodes.open(living("two", 3));
    nodes.reaches(zombie, "one", "alive");
    GrpcTransport second = nodes.open(living("two", 4));
    nodes.reaches(second, "one", "I am the one");
    String why = "node two of incarnation 3 was replaced by its incarnation 4";
    nodes.sendsUntil(
        zombie,
        new Envelope(
            zombie.self(), new NodeId("one"), Envelope.Lane.REQUEST, Bytes.utf8("anybody there")),
        () -> nodes.hasLogged("refused") && nodes.hasLogged("part: " + why));
    nodes.reaches(second, "one", "I still am");
  }

  @Test
  void aMessageToItselfComes() {
    GrpcTransport one = nodes.open(identity("one"));
    nodes.reaches(one, "one", "myself");
  }

  @Test
  void aMessageToItselfThatIsOnItsWayIsLostWhenItCloses() {
    List<Runnable> later = new ArrayList<>();
    List<Envelope> heard = new ArrayList<>();
    TransportOptions options =
        new TransportOptions(
            identity("one"),
            new InetSocketAddress("127.0.0.1", 0),
            Optional.empty(),
            TransportNodes.LIMITS,
            1);
    GrpcTransport one = new GrpcTransport(options, peer -> Optional.empty(), new HeldTimers(later));
    one.start(heard::add);
    one.send(one.self(), Envelope.Lane.REQUEST, Bytes.of(1));
    one.close();
    assertThat(later).hasSize(1);
    later.forEach(Runnable::run);
    assertThat(heard).isEmpty();
  }

  /** Its timers run when the test says so. */
  private record HeldTimers(List<Runnable> later) implements Scheduler {
    @Override
    public Waiter newWaiter() {
      throw new UnsupportedOperationException();
    }

    @Override
    public Task start(String name, Runnable body) {
      throw new UnsupportedOperationException();
    }

    @Override
    public Timer after(long delayNanos, String name, Runnable action) {
      later.add(action);
      return () -> later.remove(action);
    }
  }

  @Test
  void garbageOnThePortHarmsNobody() throws IOException {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport two = nodes.open(identity("two"));
    nodes.reaches(one, "two", "before");
    SeededRandom random = new SeededRandom(3);
    for (byte[] garbage : garbage(random)) {
      try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), two.port().orElseThrow())) {
        socket.setSoTimeout(60_000);
        sayAndReadToTheEnd(socket, garbage);
      }
      nodes.reaches(one, "two", "after " + garbage.length);
    }
    nodes.until(() ->
        nodes.hasLogged("WARN a connection to the port of other nodes broke: Unexpected HTTP/1.x"));
    assertThat(nodes.log()).noneMatch(line -> line.startsWith("ERROR"));
  }

  /** The end may come before all is said: whoever closes early resets the connection. */
  private static void sayAndReadToTheEnd(Socket socket, byte[] garbage) throws IOException {
    try {
      socket.getOutputStream().write(garbage);
      socket.shutdownOutput();
      socket.getInputStream().readAllBytes();
    } catch (SocketException reset) {
      assertThat(reset.getMessage()).containsAnyOf("reset", "Broken pipe", "not connected");
    }
  }

  private static List<byte[]> garbage(SeededRandom random) {
    List<byte[]> all = new ArrayList<>();
    all.add("GET / HTTP/1.1\r\nHost: x\r\n\r\n".getBytes(StandardCharsets.UTF_8));
    byte[] preface = "PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.UTF_8);
    for (int length : new int[] {1, 100, 10_000, 100_000}) {
      byte[] noise = new byte[length];
      for (int i = 0; i < length; i++) {
        noise[i] = (byte) random.between(0, 256);
      }
      all.add(noise);
      byte[] begunWell = noise.clone();
      System.arraycopy(preface, 0, begunWell, 0, Math.min(preface.length, length));
      all.add(begunWell);
    }
    return all;
  }

  @Test
  void anIdleConnectionStays() {
    GrpcTransport one = nodes.open(identity("one"));
    nodes.open(identity("two"));
    int round = 0;
    do {
      // A machine that stalls for as long as that ends it, too: then once more.
      assertThat(++round).isLessThan(20);
      nodes.reaches(one, "two", "now " + round);
    } while (!staysIdle(one));
  }

  /** Whether a connection of which nothing is heard for longer than a silent one may be stays. */
  private boolean staysIdle(GrpcTransport one) {
    TransportLimits limits = TransportNodes.LIMITS;
    long broken = broken();
    nodes.pass(limits.pingNanos() + limits.silenceNanosMax() + 200 * TransportNodes.MILLISECOND);
    return broken() == broken && versions(one).equals(List.of(1));
  }

  private long broken() {
    return nodes.log().stream().filter(line -> line.contains("is not connected")).count();
  }

  @Test
  void aPeerThatStallsHoldsUpNobodyAndIsFoundAgain() throws IOException {
    GrpcTransport one = nodes.open(identity("one"));
    GrpcTransport slow = nodes.open(identity("slow"));
    nodes.open(identity("quick"));
    try (StallingProxy proxy = new StallingProxy(slow.port().orElseThrow())) {
      nodes.place("slow", proxy.port());
      nodes.reaches(one, "slow", "before");
      proxy.stall(true);
      Bytes large = Bytes.wrap(new byte[TransportNodes.LIMITS.payloadBytesMax()]);
      for (int i = 0; i < 500; i++) {
        one.send(slow.self(), Envelope.Lane.REQUEST, large);
        LinkReport link = one.report().get(0);
        assertThat(link.queuedMessages()).isLessThanOrEqualTo(16);
        assertThat(link.queuedBytes()).isLessThanOrEqualTo(TransportNodes.LIMITS.queueBytesMax());
      }
      assertThat(one.report().get(0).dropped()).isPositive();
      nodes.reaches(one, "quick", "not held up");
      nodes.sendsUntilLogged(one, "slow", "it answers nothing any more");
      proxy.stall(false);
      nodes.reaches(one, "slow", "after");
    }
  }

  @Test
  void aMessageLargerThanTheReceiverTakesIsRefusedAndNamed() {
    TransportLimits usual = TransportLimits.USUAL;
    GrpcTransport one = nodes.open(identity("one"), Optional.empty(), usual);
    nodes.open(identity("two"));
    nodes.reaches(one, "two", "small");
    int length = TransportNodes.LIMITS.payloadBytesMax() + 1;
    Bytes large = Bytes.wrap(new byte[length]);
    nodes.sendsUntil(
        one,
        new Envelope(one.self(), new NodeId("two"), Envelope.Lane.SNAPSHOT, large),
        () -> nodes.hasLogged("node one sent a message of " + length + " bytes, node two takes"));
    nodes.reaches(one, "two", "small again");
    assertThat(nodes.received()).noneMatch(envelope -> envelope.payload().length() == length);
  }

  @Test
  void oneConnectionBringsItsMessagesInOrderAndOnce() {
    GrpcTransport one = nodes.open(identity("one"), Optional.empty(), TransportNodes.PATIENT);
    GrpcTransport two = nodes.open(identity("two"), Optional.empty(), TransportNodes.PATIENT);
    nodes.reaches(one, "two", "open");
    for (int i = 0; i < 4_000; i++) {
      one.send(two.self(), Envelope.Lane.HEARTBEAT, Bytes.of(i >> 8, i & 0xff));
    }
    nodes.until(() -> heartbeats().size() >= 4_000);
    List<Bytes> expected =
        IntStream.range(0, 4_000).mapToObj(i -> Bytes.of(i >> 8, i & 0xff)).toList();
    assertThat(heartbeats()).isEqualTo(expected);
  }

  /** Whoever sends also writes, one at a time: nothing is lost between them but what is counted. */
  @Test
  void manyWhoSendAtOnceLoseNothingUncountedAndKeepTheirOrder() {
    GrpcTransport one = nodes.open(identity("one"), Optional.empty(), TransportNodes.PATIENT);
    GrpcTransport two = nodes.open(identity("two"), Optional.empty(), TransportNodes.PATIENT);
    nodes.reaches(one, "two", "open");
    int senders = 8;
    int each = 20_000;
    List<Scheduler.Task> tasks = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      int number = sender;
      tasks.add(
          nodes.scheduler.start(
              "sender " + sender,
              () -> {
                for (int i = 0; i < each; i++) {
                  one.send(two.self(), Envelope.Lane.HEARTBEAT, Bytes.of(number, i >> 8, i & 0xff));
                }
              }));
    }
    tasks.forEach(Scheduler.Task::join);
    nodes.until(() -> heartbeats().size() + droppedHeartbeats(one) == (long) senders * each);
    for (int sender = 0; sender < senders; sender++) {
      int number = sender;
      assertThat(heartbeats().stream().filter(message -> message.at(0) == number))
          .isSorted()
          .doesNotHaveDuplicates();
    }
  }

  private static long droppedHeartbeats(GrpcTransport transport) {
    return transport.report().stream()
        .filter(link -> link.lane() == Envelope.Lane.HEARTBEAT)
        .mapToLong(LinkReport::dropped)
        .sum();
  }

  private List<Bytes> heartbeats() {
    return nodes.received().stream()
        .filter(envelope -> envelope.lane() == Envelope.Lane.HEARTBEAT)
        .map(Envelope::payload)
        .toList();
  }

  @Test
  void oneWhoListensAndSaysNothingIsGivenUp() throws IOException {
    TransportLimits usual = TransportNodes.LIMITS;
    TransportLimits limits =
        new TransportLimits(
            usual.payloadBytesMax(),
            usual.queueMessagesMax(),
            usual.queueBytesMax(),
            100 * TransportNodes.MILLISECOND,
            usual.pingNanos(),
            usual.silenceNanosMax(),
            usual.backoffNanosMin(),
            usual.backoffNanosMax());
    GrpcTransport one = nodes.open(identity("one"), Optional.empty(), limits);
    try (ServerSocket mute = new ServerSocket(0, 50, InetAddress.getLoopbackAddress())) {
      nodes.place("mute", mute.getLocalPort());
      nodes.sendsUntilLogged(one, "mute", "node mute at localhost:", "no hello within the time");
    }
  }

  @Test
  void aPortThatIsTakenIsNamed() {
    GrpcTransport one = nodes.open(identity("one"));
    InetSocketAddress taken = new InetSocketAddress("127.0.0.1", one.port().orElseThrow());
    TransportOptions options =
        new TransportOptions(identity("two"), taken, Optional.empty(), TransportNodes.LIMITS, 1);
    try (GrpcTransport two =
        new GrpcTransport(options, peer -> Optional.empty(), nodes.scheduler)) {
      assertThatThrownBy(() -> two.start(envelope -> {}))
          .isInstanceOfSatisfying(
              DistDbException.class,
              failure -> assertThat(failure.code()).isEqualTo(ErrorCode.IO_ERROR))
          .hasMessageContaining("127.0.0.1:" + one.port().orElseThrow());
    }
  }
}

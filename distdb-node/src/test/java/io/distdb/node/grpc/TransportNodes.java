// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import static org.assertj.core.api.Assertions.assertThat;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.transport.Envelope;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.BooleanSupplier;
import org.slf4j.LoggerFactory;

/**
 * Nodes of one test, on free ports of this machine; they know each other's addresses, and a log.
 */
final class TransportNodes implements AutoCloseable {
  static final long MILLISECOND = 1_000_000;

  /** Impatient, so that tests are short. */
  static final TransportLimits LIMITS =
      new TransportLimits(
          64 << 10,
          16,
          256 << 10,
          2_000 * MILLISECOND,
          50 * MILLISECOND,
          1_000 * MILLISECOND,
          5 * MILLISECOND,
          50 * MILLISECOND);

  /** A stall of the machine ends no connection, with which messages would be lost. */
  static final TransportLimits PATIENT =
      new TransportLimits(
          TransportLimits.USUAL.payloadBytesMax(),
          TransportLimits.USUAL.queueMessagesMax(),
          TransportLimits.USUAL.queueBytesMax(),
          60_000 * MILLISECOND,
          TransportLimits.USUAL.pingNanos(),
          60_000 * MILLISECOND,
          5 * MILLISECOND,
          50 * MILLISECOND);

  private static final long PATIENCE_NANOS = 60_000 * MILLISECOND;
  private static final long RESEND_NANOS = 10 * MILLISECOND;

  final Scheduler scheduler = Scheduler.threads();
  private final Waiter waiter = scheduler.newWaiter();
  private final Map<NodeId, InetSocketAddress> addresses = new ConcurrentHashMap<>();
  private final List<GrpcTransport> opened = new ArrayList<>();
  private final List<Envelope> received = new CopyOnWriteArrayList<>();
  final List<Loss> losses = new CopyOnWriteArrayList<>();
  private final ListAppender<ILoggingEvent> lines = new ListAppender<>();
  private final Logger logger = (Logger) LoggerFactory.getLogger(GrpcTransport.class);

  /** A node was told that the connection with another one broke. */
  record Loss(NodeId at, NodeId of) {}

  TransportNodes() {
    lines.start();
    logger.setLevel(Level.INFO);
    logger.setAdditive(false);
    logger.addAppender(lines);
  }

  static TransportIdentity identity(String cluster, String node) {
    return new TransportIdentity(cluster, new NodeId(node), 1, VersionRange.CURRENT);
  }

  GrpcTransport open(TransportIdentity identity, Optional<TransportSecurity> security) {
    return open(identity, security, LIMITS);
  }

  GrpcTransport open(
      TransportIdentity identity, Optional<TransportSecurity> security, TransportLimits limits) {
    InetSocketAddress any = new InetSocketAddress("127.0.0.1", 0);
    GrpcTransport transport =
        new GrpcTransport(
            new TransportOptions(identity, any, security, limits, 7),
            peer -> Optional.ofNullable(addresses.get(peer)),
            scheduler);
    transport.whenLost(peer -> losses.add(new Loss(identity.self(), peer)));
    transport.start(received::add);
    opened.add(transport);
    place(identity.self().value(), transport.port().orElseThrow());
    return transport;
  }

  GrpcTransport open(TransportIdentity identity) {
    return open(identity, Optional.empty());
  }

  /** From now on others look for the node there. */
  void place(String node, int port) {
    addresses.put(new NodeId(node), InetSocketAddress.createUnresolved("localhost", port));
  }

  List<Envelope> received() {
    return List.copyOf(received);
  }

  boolean hasReceived(Envelope envelope) {
    return received.contains(envelope);
  }

  /** Sends a message again and again, until it is there. */
  void reaches(GrpcTransport from, String to, String text) {
    Envelope expected =
        new Envelope(from.self(), new NodeId(to), Envelope.Lane.REQUEST, Bytes.utf8(text));
    sendsUntil(from, expected, () -> hasReceived(expected));
  }

  void sendsUntil(GrpcTransport from, Envelope envelope, BooleanSupplier condition) {
    until(() -> {
      from.send(envelope.to(), envelope.lane(), envelope.payload());
      return condition.getAsBoolean();
    });
  }

  /** Sends until the log has a line with each of these. */
  void sendsUntilLogged(GrpcTransport from, String to, String... parts) {
    Envelope never =
        new Envelope(from.self(), new NodeId(to), Envelope.Lane.REQUEST, Bytes.utf8("never"));
    sendsUntil(from, never, () -> List.of(parts).stream().allMatch(this::hasLogged));
    assertThat(received).noneMatch(envelope -> envelope.payload().equals(never.payload()));
  }

  void until(BooleanSupplier condition) {
    for (long waited = 0; !condition.getAsBoolean(); waited += RESEND_NANOS) {
      assertThat(waited).as("waited in vain; the log: %s", log()).isLessThan(PATIENCE_NANOS);
      waiter.await(RESEND_NANOS);
    }
  }

  void pass(long nanos) {
    waiter.await(nanos);
  }

  boolean hasLogged(String part) {
    return log().stream().anyMatch(line -> line.contains(part));
  }

  List<String> log() {
    List<String> text = new ArrayList<>();
    // As who appends does: other threads go on logging.
    synchronized (lines) {
      for (ILoggingEvent event : lines.list) {
        text.add(event.getLevel() + " " + event.getFormattedMessage());
      }
    }
    return text;
  }

  @Override
  public void close() {
    opened.forEach(GrpcTransport::close);
    logger.detachAppender(lines);
    logger.setAdditive(true);
    logger.setLevel(null);
  }
}

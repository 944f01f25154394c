// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.cluster.LinkView;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.metrics.Metered;
import io.distdb.api.metrics.Metric;
import io.distdb.api.time.Scheduler;
import io.distdb.api.transport.Envelope;
import io.distdb.api.transport.Transport;
import io.grpc.ManagedChannel;
import io.grpc.Server;
import io.grpc.netty.NettyChannelBuilder;
import io.grpc.netty.NettyServerBuilder;
import io.netty.channel.ChannelOption;
import io.netty.handler.ssl.SslContext;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;
import java.util.function.Consumer;
import java.util.function.Function;
import javax.net.ssl.SSLException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Messages between processes. For each peer and lane that something is sent to, a connection of its
 * own, opened by the sender and used in that direction only (docs/adr/0023): so no lane waits for
 * another. Both sides say who they are first, and a stranger is refused, in both logs.
 *
 * <p>What a connection has taken comes in order and once, until it breaks; what was under way then
 * is lost. The handler is called on Netty's threads, several at a time.
 */
public final class GrpcTransport implements Transport, Metered {
  private static final Logger LOG = LoggerFactory.getLogger(GrpcTransport.class);

  /** Of a frame, besides its payload. */
  private static final int FRAME_BYTES_MORE = 16;

  /** A hello with the longest names in the widest letters, and more than a pong. */
  private static final int ANSWER_BYTES_MAX = 4096;

  private static final int HEADER_BYTES_MAX = 4096;
  private static final long IDLE_CONNECTION_SECONDS_MAX = 30;

  /** After which a caller is asked whether it is still there; who calls asks much sooner. */
  private static final long SILENT_CALLER_SECONDS_MAX = 60;

  private record Target(NodeId peer, Envelope.Lane lane) {}

  private final TransportOptions options;
  private final Function<NodeId, Optional<InetSocketAddress>> addresses;
  private final Scheduler scheduler;
  private final Notices notices = new Notices();
  private final Optional<SslContext> serverTls;
  private final Optional<SslContext> clientTls;
  private final ConcurrentHashMap<Target, Link> links = new ConcurrentHashMap<>();
  private final ConcurrentHashMap<Target, Received> received = new ConcurrentHashMap<>();

  /** Messages are handed out under the read lock, so that closing waits for those under way. */
  private final ReentrantReadWriteLock handing = new ReentrantReadWriteLock();

  private volatile TransportIdentity identity;
  private volatile boolean closed;
  private volatile Consumer<Envelope> handler;
  private volatile Consumer<NodeId> listener = peer -> {};
  private Server server;
  private volatile int port;

  /**
   * @param addresses where a node is now, asked at each attempt to connect, by any thread; must not
   *     wait. A message for a node that has none is dropped.
   * @throws DistDbException {@code CONFIGURATION_ERROR}: keys and certificates do not fit
   */
  public GrpcTransport(
      TransportOptions options,
      Function<NodeId, Optional<InetSocketAddress>> addresses,
      Scheduler scheduler) {
    this.options = Objects.requireNonNull(options, "options");
    identity = options.identity();
    this.addresses = Objects.requireNonNull(addresses, "addresses");
    this.scheduler = Objects.requireNonNull(scheduler, "scheduler");
    ConnectionFailures.goToTheLog();
    try {
      TransportSecurity security = options.security().orElse(null);
      serverTls =
          security == null ? Optional.empty() : Optional.of(security.ofServer(this::untrusted));
      clientTls = security == null ? Optional.empty() : Optional.of(security.ofClient());
    } catch (SSLException wrong) {
      throw new DistDbException(
          ErrorCode.CONFIGURATION_ERROR,
          "the certificates between nodes cannot be used: " + wrong.getMessage(),
          wrong);
    }
  }

  private void untrusted(String why) {
    notices.warn(why, "refused a connection of another node: " + why);
  }

  @Override
  public NodeId self() {
    return identity.self();
  }

  /**
   * Listens, and begins to receive.
   *
   * @throws DistDbException {@code IO_ERROR}: it cannot listen at its address
   */
  @Override
  public synchronized void start(Consumer<Envelope> newHandler) {
    if (handler != null || closed) {
      throw new IllegalStateException("the transport of " + self() + " was started already");
    }
    handler = Objects.requireNonNull(newHandler, "newHandler");
    NettyServerBuilder builder =
        NettyServerBuilder.forAddress(options.listenAt())
            .directExecutor()
            .maxInboundMessageSize(payloadBytesMax() + FRAME_BYTES_MORE)
            .maxInboundMetadataSize(HEADER_BYTES_MAX)
            .maxConcurrentCallsPerConnection(1)
            .handshakeTimeout(options.limits().helloNanosMax(), TimeUnit.NANOSECONDS)
            .keepAliveTime(SILENT_CALLER_SECONDS_MAX, TimeUnit.SECONDS)
            .maxConnectionIdle(IDLE_CONNECTION_SECONDS_MAX, TimeUnit.SECONDS)
            .withChildOption(ChannelOption.TCP_NODELAY, true)
            .intercept(new PeerService.Caller())
            .addService(
                new PeerService(
                    () -> identity,
                    options.limits(),
                    scheduler,
                    notices,
                    this::handOut,
                    this::received,
                    this::lost));
    serverTls.ifPresent(builder::sslContext);
    try {
      server = builder.build().start();
      port = server.getPort();
    } catch (IOException refused) {
      Throwable cause = refused.getCause() == null ? refused : refused.getCause();
      throw new DistDbException(
          ErrorCode.IO_ERROR,
          "cannot listen for other nodes at "
              + text(options.listenAt())
              + ": "
              + cause.getMessage(),
          refused);
    }
  }

  private static String text(InetSocketAddress address) {
    return address.getHostString() + ":" + address.getPort();
  }

  /** The port that it listens at, or listened at; empty: it was not started. */
  public Optional<Integer> port() {
    return port == 0 ? Optional.empty() : Optional.of(port);
  }

  private Received received(NodeId peer, Envelope.Lane lane) {
    return received.computeIfAbsent(new Target(peer, lane), first -> new Received());
  }

  private void handOut(Envelope envelope) {
    handing.readLock().lock();
    try {
      if (!closed && handler != null) {
        handler.accept(envelope);
      }
    } catch (RuntimeException bug) {
      LOG.error("a message of {} on lane {} failed", envelope.from(), envelope.lane(), bug);
    } finally {
      handing.readLock().unlock();
    }
  }

  @Override
  public void whenLost(Consumer<NodeId> newListener) {
    listener = Objects.requireNonNull(newListener, "newListener");
  }

  private void lost(NodeId peer) {
    handing.readLock().lock();
    try {
      if (!closed && handler != null) {
        listener.accept(peer);
      }
    } finally {
      handing.readLock().unlock();
    }
  }

  @Override
  public void send(NodeId to, Envelope.Lane lane, Bytes payload) {
    if (payload.length() > payloadBytesMax()) {
      throw new IllegalArgumentException(
          "payload of " + payload.length() + " bytes, at most " + payloadBytesMax() + " go");
    }
    if (closed) {
      return;
    }
    if (to.equals(self())) {
      Envelope envelope = new Envelope(to, to, lane, payload);
      scheduler.after(0, "message to itself", () -> handOut(envelope));
      return;
    }
    Target target = new Target(to, lane);
    Link link = links.get(target);
    if (link == null) {
      if (addressOf(to).isEmpty()) {
        return;
      }
      link = links.computeIfAbsent(target, this::link);
      if (closed) {
        link.close();
      }
    }
    link.send(payload);
  }

  private Optional<InetSocketAddress> addressOf(NodeId peer) {
    return addresses.apply(Newcomer.own(peer));
  }

  /**
   * This node, which was of no cluster, is of {@code cluster} from now on. What waits to be sent is
   * lost.
   */
  public void join(String cluster) {
    identity = identity.in(cluster);
    for (Target target : links.keySet()) {
      Link link = links.remove(target);
      if (link != null) {
        link.close();
      }
    }
  }

  private Link link(Target target) {
    SplittableRandom random =
        new SplittableRandom(options.seed() + (target.peer() + " " + target.lane()).hashCode());
    return new Link(
        dialer(),
        () -> identity,
        target.peer(),
        target.lane(),
        options.limits(),
        scheduler,
        notices,
        random);
  }

  private Link.Dialer dialer() {
    return new Link.Dialer() {
      @Override
      public Optional<InetSocketAddress> addressOf(NodeId peer) {
        return GrpcTransport.this.addressOf(peer);
      }

      @Override
      public ManagedChannel dial(InetSocketAddress address) {
        return channel(address);
      }

      @Override
      public void lost(NodeId peer) {
        GrpcTransport.this.lost(peer);
      }
    };
  }

  private ManagedChannel channel(InetSocketAddress address) {
    int millis = (int) TimeUnit.NANOSECONDS.toMillis(options.limits().helloNanosMax());
    NettyChannelBuilder builder =
        NettyChannelBuilder.forAddress(address.getHostString(), address.getPort())
            .directExecutor()
            .disableRetry()
            .proxyDetector(any -> null)
            .maxInboundMessageSize(ANSWER_BYTES_MAX)
            .maxInboundMetadataSize(HEADER_BYTES_MAX)
            .withOption(ChannelOption.TCP_NODELAY, true)
            .withOption(ChannelOption.CONNECT_TIMEOUT_MILLIS, Math.max(1, millis));
    if (clientTls.isPresent()) {
      builder.sslContext(clientTls.get());
    } else {
      builder.usePlaintext();
    }
    return builder.build();
  }

  @Override
  public int payloadBytesMax() {
    return options.limits().payloadBytesMax();
  }

  /** How the sending to each peer goes that something was sent to, in no order. */
  public List<LinkReport> report() {
    return links.values().stream().map(Link::report).toList();
  }

  /** The traffic with each peer on each lane that there was some on, by peer and lane. */
  public List<LinkView> links() {
    Map<Target, LinkReport> sent = new HashMap<>();
    report().forEach(report -> sent.put(new Target(report.peer(), report.lane()), report));
    Set<Target> targets = new HashSet<>(sent.keySet());
    targets.addAll(received.keySet());
    return targets.stream()
        .map(target -> view(target, Optional.ofNullable(sent.get(target)), received.get(target)))
        .sorted(Comparator.comparing(LinkView::peer).thenComparing(LinkView::lane))
        .toList();
  }

  private static LinkView view(Target target, Optional<LinkReport> sent, Received received) {
    return new LinkView(
        target.peer(),
        target.lane().name().toLowerCase(Locale.ROOT),
        sent.map(LinkReport::version).orElse(0),
        sent.map(LinkReport::connects).orElse(0L),
        sent.map(LinkReport::sentMessages).orElse(0L),
        sent.map(LinkReport::sentBytes).orElse(0L),
        received == null ? 0 : received.messages.sum(),
        received == null ? 0 : received.bytes.sum(),
        sent.map(LinkReport::dropped).orElse(0L),
        sent.map(LinkReport::queuedMessages).orElse(0),
        sent.map(LinkReport::queuedBytes).orElse(0L));
  }

  @Override
  public List<Metric> metrics() {
    return LaneMetrics.of(this::links);
  }

  /** Not to be called by the handler. */
  @Override
  public synchronized void close() {
    handing.writeLock().lock();
    try {
      closed = true;
    } finally {
      handing.writeLock().unlock();
    }
    links.values().forEach(Link::close);
    if (server != null) {
      server.shutdownNow();
    }
  }
}

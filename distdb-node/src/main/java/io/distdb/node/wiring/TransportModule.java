// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.api.NodeId;
import io.distdb.api.transport.Calls;
import io.distdb.api.transport.Envelope.Lane;
import io.distdb.api.transport.Lanes;
import io.distdb.api.transport.Transport;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.grpc.GrpcTransport;
import io.distdb.node.grpc.TransportIdentity;
import io.distdb.node.grpc.TransportLimits;
import io.distdb.node.grpc.TransportOptions;
import io.distdb.node.grpc.VersionRange;
import io.distdb.sharding.call.CallLimits;
import io.distdb.sharding.call.MessageCalls;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;

/** The ports to the other nodes; a node that is alone has no transport, and calls itself. */
final class TransportModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<Lanes>> lanes = getProvider(new Key<>() {});
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(new TypeLiteral<Optional<Lanes>>() {})
        .toProvider(() -> lanes(config.get(), surroundings.get(), lifecycle.get()))
        .in(Singleton.class);
    bind(Calls.class)
        .toProvider(() -> calls(config.get(), surroundings.get(), lanes.get(), lifecycle.get()))
        .in(Singleton.class);
  }

  private static Optional<Lanes> lanes(
      Config config, Surroundings surroundings, Lifecycle lifecycle) {
    if (!config.cluster().isCluster()) {
      return Optional.empty();
    }
    return Optional.of(
        new Lanes(
            surroundings
                .transport()
                .orElseGet(
                    () -> lifecycle.opened("transport", overTheNetwork(config, surroundings)))));
  }

  private static Transport overTheNetwork(Config config, Surroundings surroundings) {
    ClusterConfig cluster = config.cluster();
    String id =
        cluster.nodes().stream()
            .map(member -> member.id().value())
            .sorted()
            .collect(Collectors.joining(","));
    TransportIdentity identity =
        new TransportIdentity(
            id,
            cluster.nodeId(),
            Math.max(1, surroundings.clock().wallMicros()),
            VersionRange.CURRENT);
    TransportOptions options =
        new TransportOptions(
            identity,
            new InetSocketAddress(cluster.host(), cluster.port()),
            Optional.empty(),
            TransportLimits.USUAL,
            surroundings.clock().wallMicros());
    return new GrpcTransport(options, addresses(cluster), surroundings.scheduler());
  }

  private static Function<NodeId, Optional<InetSocketAddress>> addresses(ClusterConfig cluster) {
    Map<NodeId, InetSocketAddress> known =
        cluster.nodes().stream()
            .collect(
                Collectors.toMap(
                    ClusterConfig.Member::id,
                    member -> InetSocketAddress.createUnresolved(member.host(), member.port())));
    return node -> Optional.ofNullable(known.get(node));
  }

  private static Calls calls(
      Config config, Surroundings surroundings, Optional<Lanes> lanes, Lifecycle lifecycle) {
    if (lanes.isEmpty()) {
      return lifecycle.opened(
          "calls", Calls.alone(config.cluster().nodeId(), surroundings.scheduler()));
    }
    MessageCalls calls =
        new MessageCalls(
            lanes.get().take(Lane.REQUEST),
            surroundings.scheduler(),
            surroundings.clock(),
            Math.max(1, surroundings.clock().wallMicros()),
            CallLimits.USUAL);
    lifecycle.opened("calls", calls);
    calls.start();
    return calls;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import com.google.inject.AbstractModule;
import com.google.inject.Key;
import com.google.inject.Provider;
import com.google.inject.Singleton;
import com.google.inject.TypeLiteral;
import io.distdb.api.transport.Calls;
import io.distdb.api.transport.Envelope.Lane;
import io.distdb.api.transport.Lanes;
import io.distdb.node.cluster.Addresses;
import io.distdb.node.cluster.ClockProbe;
import io.distdb.node.cluster.Door;
import io.distdb.node.config.ClusterConfig;
import io.distdb.node.config.Config;
import io.distdb.node.directory.MemberIdentity;
import io.distdb.node.grpc.GrpcTransport;
import io.distdb.node.grpc.TransportIdentity;
import io.distdb.node.grpc.TransportLimits;
import io.distdb.node.grpc.TransportOptions;
import io.distdb.node.grpc.TransportSecurity;
import io.distdb.sharding.call.CallLimits;
import io.distdb.sharding.call.MessageCalls;
import java.net.InetSocketAddress;
import java.util.Optional;

/** The ports to the other nodes; a node that is alone has no transport, and calls itself. */
final class TransportModule extends AbstractModule {
  @Override
  protected void configure() {
    Provider<Config> config = getProvider(Config.class);
    Provider<Surroundings> surroundings = getProvider(Surroundings.class);
    Provider<Optional<MemberModule.Life>> life = getProvider(new Key<>() {});
    Provider<Optional<GrpcTransport>> network = getProvider(new Key<>() {});
    Provider<Optional<Lanes>> lanes = getProvider(new Key<>() {});
    Provider<Addresses> addresses = getProvider(Addresses.class);
    Provider<Door> door = getProvider(Door.class);
    Provider<Lifecycle> lifecycle = getProvider(Lifecycle.class);
    bind(new TypeLiteral<Optional<GrpcTransport>>() {})
        .toProvider(() ->
            life.get()
                .filter(mine -> surroundings.get().transport().isEmpty())
                .map(mine ->
                    lifecycle
                        .get()
                        .opened(
                            "transport",
                            network(
                                mine.identity(),
                                config.get().cluster(),
                                surroundings.get(),
                                addresses.get()))))
        .in(Singleton.class);
    bind(new TypeLiteral<Optional<Lanes>>() {})
        .toProvider(() ->
            life.get()
                .map(mine ->
                    new Lanes(
                        surroundings
                            .get()
                            .transport()
                            .orElseGet(() -> network.get().orElseThrow()))))
        .in(Singleton.class);
    bind(Calls.class)
        .toProvider(() ->
            life.get()
                .map(mine ->
                    calls(
                        mine.identity(),
                        surroundings.get(),
                        lanes.get().orElseThrow(),
                        door.get(),
                        lifecycle.get()))
                .orElseGet(() ->
                    lifecycle
                        .get()
                        .opened(
                            "calls",
                            Calls.alone(
                                config.get().cluster().nodeId(), surroundings.get().scheduler()))))
        .in(Singleton.class);
  }

  private static GrpcTransport network(
      MemberIdentity identity,
      ClusterConfig cluster,
      Surroundings surroundings,
      Addresses addresses) {
    TransportIdentity own =
        new TransportIdentity(
            identity.cluster().orElse(TransportIdentity.NO_CLUSTER),
            cluster.nodeId(),
            identity.incarnation(),
            surroundings.build().protocol());
    TransportOptions options =
        new TransportOptions(
            own,
            new InetSocketAddress(cluster.host(), cluster.port()),
            cluster.tls().map(TransportModule::security),
            TransportLimits.USUAL,
            identity.incarnation());
    return new GrpcTransport(options, addresses, surroundings.scheduler());
  }

  private static TransportSecurity security(ClusterConfig.NodeTls files) {
    return TransportSecurity.read(
        files.certificate().orElseThrow(),
        files.key().orElseThrow(),
        files.authorities().orElseThrow());
  }

  /** Answers the empty from the first moment. */
  private static Calls calls(
      MemberIdentity identity,
      Surroundings surroundings,
      Lanes lanes,
      Door door,
      Lifecycle lifecycle) {
    MessageCalls calls =
        new MessageCalls(
            lanes.take(Lane.REQUEST),
            surroundings.scheduler(),
            surroundings.clock(),
            identity.incarnation(),
            CallLimits.USUAL);
    identity.cluster().ifPresent(door::memberOf);
    new ClockProbe(calls, surroundings.clock()).serve();
    door.serve(calls);
    lifecycle.opened("calls", calls);
    calls.start();
    return calls;
  }
}

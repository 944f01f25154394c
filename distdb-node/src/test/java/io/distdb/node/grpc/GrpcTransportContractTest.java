// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import io.distdb.api.NodeId;
import io.distdb.api.time.Scheduler;
import io.distdb.testkit.transport.TransportContract;
import java.net.InetSocketAddress;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

class GrpcTransportContractTest extends TransportContract {
  @Override
  protected void run(Body body) {
    Scheduler scheduler = Scheduler.threads();
    Map<NodeId, GrpcTransport> nodes = new ConcurrentHashMap<>();
    try (GrpcTransport one = transport("one", nodes, scheduler);
        GrpcTransport other = transport("other", nodes, scheduler)) {
      body.run(one, other, scheduler);
    }
  }

  private static GrpcTransport transport(
      String name, Map<NodeId, GrpcTransport> nodes, Scheduler scheduler) {
    TransportOptions options =
        new TransportOptions(
            TransportNodes.identity("contract", name),
            new InetSocketAddress("127.0.0.1", 0),
            Optional.empty(),
            TransportLimits.USUAL,
            1);
    GrpcTransport transport =
        new GrpcTransport(options, peer -> address(nodes.get(peer)), scheduler);
    nodes.put(transport.self(), transport);
    return transport;
  }

  private static Optional<InetSocketAddress> address(GrpcTransport transport) {
    return transport == null
        ? Optional.empty()
        : transport.port().map(port -> InetSocketAddress.createUnresolved("127.0.0.1", port));
  }
}

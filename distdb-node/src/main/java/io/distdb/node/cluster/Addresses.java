// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import io.distdb.api.NodeId;
import io.distdb.node.config.ClusterConfig;
import java.net.InetSocketAddress;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;

/**
 * Where nodes are: as the system shard says, even of those that were removed and may ask to come
 * back, and as the configuration says of others.
 */
public final class Addresses implements Function<NodeId, Optional<InetSocketAddress>> {
  private final Map<NodeId, InetSocketAddress> configured = new HashMap<>();

  /** Null: it is not open yet, or not any more. */
  private volatile MemberStore members;

  public Addresses(ClusterConfig config) {
    config
        .nodes()
        .forEach(node ->
            configured.put(
                node.id(), InetSocketAddress.createUnresolved(node.host(), node.port())));
  }

  void learnFrom(MemberStore store) {
    members = store;
  }

  void forget() {
    members = null;
  }

  @Override
  public Optional<InetSocketAddress> apply(NodeId node) {
    MemberStore known = members;
    return Optional.ofNullable(known)
        .flatMap(store -> store.local(node))
        .map(member -> InetSocketAddress.createUnresolved(member.host(), member.port()))
        .or(() -> Optional.ofNullable(configured.get(node)));
  }
}

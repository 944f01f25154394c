// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.net.InetSocketAddress;
import java.util.Objects;
import java.util.Optional;

/**
 * How a node talks with the others.
 *
 * @param listenAt port 0: any that is free
 * @param security empty: in plain text, to be kept within a network that nobody else is in
 * @param seed of the pauses between attempts to connect
 */
public record TransportOptions(
    TransportIdentity identity,
    InetSocketAddress listenAt,
    Optional<TransportSecurity> security,
    TransportLimits limits,
    long seed) {
  public TransportOptions {
    Objects.requireNonNull(identity, "identity");
    Objects.requireNonNull(listenAt, "listenAt");
    Objects.requireNonNull(security, "security");
    Objects.requireNonNull(limits, "limits");
  }
}

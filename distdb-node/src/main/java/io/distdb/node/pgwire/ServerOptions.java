// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

import io.distdb.node.config.ClientLimits;
import java.net.InetSocketAddress;

/**
 * How clients are served.
 *
 * @param address where to listen; port 0 is any that is free
 * @param admission what clients have to do; trust is for loopback addresses only
 * @param connectionsMax most clients at a time
 * @param messageBytesMax longest message that is taken
 * @param startMillis longest time from a connection until its client is in
 * @param drainMillis how long a shutting down waits for transactions to end
 */
public record ServerOptions(
    InetSocketAddress address,
    Admission admission,
    int connectionsMax,
    int messageBytesMax,
    int startMillis,
    int drainMillis) {
  /** The defaults, at {@code address}. */
  public static ServerOptions at(InetSocketAddress address, boolean trust) {
    return at(address, trust ? Admission.TRUST : Admission.SCRAM);
  }

  /** The defaults, at {@code address}. */
  public static ServerOptions at(InetSocketAddress address, Admission admission) {
    return at(address, admission, ClientLimits.DEFAULT);
  }

  /** At {@code address}, within {@code limits}. */
  public static ServerOptions at(
      InetSocketAddress address, Admission admission, ClientLimits limits) {
    return new ServerOptions(
        address,
        admission,
        Math.toIntExact(limits.connectionsMax()),
        Math.toIntExact(limits.messageBytesMax()),
        Math.toIntExact(limits.loginMillis()),
        Math.toIntExact(limits.drainMillis()));
  }
}

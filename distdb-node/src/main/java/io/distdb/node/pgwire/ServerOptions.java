// SPDX-License-Identifier: MIT
package io.distdb.node.pgwire;

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
  private static final int CONNECTIONS_MAX = 6_000;
  private static final int MESSAGE_BYTES_MAX = 256 << 20;
  private static final int START_MILLIS = 60_000;
  private static final int DRAIN_MILLIS = 10_000;

  /** The defaults, at {@code address}. */
  public static ServerOptions at(InetSocketAddress address, boolean trust) {
    return at(address, trust ? Admission.TRUST : Admission.SCRAM);
  }

  /** The defaults, at {@code address}. */
  public static ServerOptions at(InetSocketAddress address, Admission admission) {
    return new ServerOptions(
        address, admission, CONNECTIONS_MAX, MESSAGE_BYTES_MAX, START_MILLIS, DRAIN_MILLIS);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.config;

/**
 * What a node's clients may take.
 *
 * @param connectionsMax most clients at a time
 * @param messageBytesMax longest message that is taken
 * @param loginMillis longest time from a connection until its client is in
 * @param drainMillis how long transactions may go on when the node is to end
 */
public record ClientLimits(
    long connectionsMax, long messageBytesMax, long loginMillis, long drainMillis) {
  public static final ClientLimits DEFAULT = new ClientLimits(6_000, 256 << 20, 60_000, 10_000);

  ClientLimits withConnections(int most) {
    return new ClientLimits(most, messageBytesMax, loginMillis, drainMillis);
  }

  ClientLimits withMessageBytes(long most) {
    return new ClientLimits(connectionsMax, most, loginMillis, drainMillis);
  }

  ClientLimits withLoginMillis(long longest) {
    return new ClientLimits(connectionsMax, messageBytesMax, longest, drainMillis);
  }

  ClientLimits withDrainMillis(long longest) {
    return new ClientLimits(connectionsMax, messageBytesMax, loginMillis, longest);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

/**
 * What a group is held to.
 *
 * @param electionTicks a follower that hears no leader for this many ticks, to twice as many, looks
 *     for votes; a leader that hears no quorum for this long steps down
 * @param heartbeatTicks ticks between heartbeats; fewer than {@code electionTicks}
 * @param appendBytesMax entries in one message, by {@link Entry#bytes}; one entry always goes
 * @param inflightMessagesMax messages to a follower that it has not answered
 * @param inflightBytesMax the bytes of their entries; one message always goes
 * @param uncommittedBytesMax entries that a leader takes and has not committed; one always goes
 * @param leaseNanos for how long a leader reads without a round after it sent a heartbeat that a
 *     quorum has answered; 0: never. Shorter, by every clock, than {@code electionTicks - 1} ticks
 */
public record RaftSettings(
    int electionTicks,
    int heartbeatTicks,
    int appendBytesMax,
    int inflightMessagesMax,
    long inflightBytesMax,
    long uncommittedBytesMax,
    long leaseNanos) {
  public static final RaftSettings DEFAULT =
      new RaftSettings(10, 2, 1 << 20, 256, 16L << 20, 64L << 20);

  /** Without leases. */
  public RaftSettings(
      int electionTicks,
      int heartbeatTicks,
      int appendBytesMax,
      int inflightMessagesMax,
      long inflightBytesMax,
      long uncommittedBytesMax) {
    this(
        electionTicks,
        heartbeatTicks,
        appendBytesMax,
        inflightMessagesMax,
        inflightBytesMax,
        uncommittedBytesMax,
        0);
  }

  public RaftSettings withLeaseNanos(long nanos) {
    return new RaftSettings(
        electionTicks,
        heartbeatTicks,
        appendBytesMax,
        inflightMessagesMax,
        inflightBytesMax,
        uncommittedBytesMax,
        nanos);
  }

  public RaftSettings {
    if (leaseNanos < 0) {
      throw new IllegalArgumentException("a lease of " + leaseNanos + " ns");
    }
    if (heartbeatTicks < 1 || electionTicks <= heartbeatTicks) {
      throw new IllegalArgumentException(
          "heartbeats every %d ticks and elections after %d: 1 <= heartbeats < elections"
              .formatted(heartbeatTicks, electionTicks));
    }
    if (appendBytesMax < 1
        || inflightMessagesMax < 1
        || inflightBytesMax < 1
        || uncommittedBytesMax < 1) {
      throw new IllegalArgumentException("the limits of a Raft group are at least 1");
    }
  }
}

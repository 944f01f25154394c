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
 */
public record RaftSettings(
    int electionTicks,
    int heartbeatTicks,
    int appendBytesMax,
    int inflightMessagesMax,
    long inflightBytesMax,
    long uncommittedBytesMax) {
  public static final RaftSettings DEFAULT =
      new RaftSettings(10, 2, 1 << 20, 256, 16L << 20, 64L << 20);

  public RaftSettings {
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

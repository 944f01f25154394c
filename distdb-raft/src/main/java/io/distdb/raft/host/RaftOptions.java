// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftSettings;

/**
 * How a node takes part.
 *
 * @param founders the members of a group that is nowhere yet, the same on all of them; {@link
 *     Membership#NOBODY}: this node waits to be added
 * @param tickNanos the unit of {@link RaftSettings#electionTicks()}
 * @param seed of election time-outs; not the same on all nodes
 * @param snapshots how they travel
 */
public record RaftOptions(
    Membership founders,
    RaftSettings settings,
    long tickNanos,
    long seed,
    SnapshotLimits snapshots) {
  /** Heartbeats every 100 ms, elections after 0.5 to 1 s of silence. */
  public static RaftOptions founding(Membership founders, long seed) {
    return new RaftOptions(
        founders, RaftSettings.DEFAULT, 50_000_000, seed, SnapshotLimits.DEFAULT);
  }

  public RaftOptions withTickNanos(long nanos) {
    return new RaftOptions(founders, settings, nanos, seed, snapshots);
  }

  public RaftOptions withSnapshots(SnapshotLimits limits) {
    return new RaftOptions(founders, settings, tickNanos, seed, limits);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.disk.Disk;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftSettings;
import java.util.Optional;

/**
 * How a node takes part.
 *
 * @param founders the members of a group that is nowhere yet, the same on all of them; {@link
 *     Membership#NOBODY}: this node waits to be added
 * @param tickNanos the unit of {@link RaftSettings#electionTicks()}
 * @param seed of election time-outs; not the same on all nodes
 * @param snapshots how they travel
 * @param arriving where snapshots are kept that come, until they are whole; empty: in memory
 */
public record RaftOptions(
    Membership founders,
    RaftSettings settings,
    long tickNanos,
    long seed,
    SnapshotLimits snapshots,
    Optional<Disk> arriving) {
  /** What comes is kept in memory. */
  public RaftOptions(
      Membership founders,
      RaftSettings settings,
      long tickNanos,
      long seed,
      SnapshotLimits snapshots) {
    this(founders, settings, tickNanos, seed, snapshots, Optional.empty());
  }

  /** Heartbeats every 100 ms, elections after 0.5 to 1 s of silence. */
  public static RaftOptions founding(Membership founders, long seed) {
    return new RaftOptions(
        founders, RaftSettings.DEFAULT, 50_000_000, seed, SnapshotLimits.DEFAULT);
  }

  /**
   * Lets leaders read without asking the others for nearly as long as those wait for it. Safe while
   * no clock of a member goes wrong by more than {@code driftPerMille}, stands still while its
   * process runs, or goes back; a clock that is merely set to another time harms nothing. To be
   * said last, and of all members: who does not know of leases does not keep its part.
   */
  public RaftOptions withLeases(int driftPerMille) {
    if (driftPerMille < 0 || driftPerMille > 200) {
      throw new IllegalArgumentException("a drift of " + driftPerMille + " per mille");
    }
    long waits = (settings.electionTicks() - 1) * tickNanos;
    long lease = waits / (1000 + driftPerMille) * (1000 - driftPerMille);
    return new RaftOptions(
        founders, settings.withLeaseNanos(lease), tickNanos, seed, snapshots, arriving);
  }

  public RaftOptions withTickNanos(long nanos) {
    return new RaftOptions(founders, settings, nanos, seed, snapshots, arriving);
  }

  public RaftOptions withSnapshots(SnapshotLimits limits) {
    return new RaftOptions(founders, settings, tickNanos, seed, limits, arriving);
  }

  public RaftOptions withArriving(Disk disk) {
    return new RaftOptions(founders, settings, tickNanos, seed, snapshots, Optional.of(disk));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.txn.IsolationLevel;
import io.distdb.testkit.SeededRandom;
import io.distdb.testkit.transport.NetworkFaults;
import java.util.ArrayList;
import java.util.List;

/**
 * What one seed is made of. Each kind of mishap is absent for some seeds, so that none hides what
 * another one would show; source: Groce et al., "Swarm testing", ISSTA 2012.
 *
 * @param nodes three, sometimes five
 * @param mishaps those that may happen, each as often as it weighs
 * @param network what happens to each message by chance
 * @param level of the transactions over lists
 * @param tickNanos of the Raft groups
 * @param rounds of load, each followed by a mishap
 * @param requestsPerRound at most
 * @param quorumAlone whether the end begins with no more than a quorum healed
 * @param checkpointBytes of commands from one checkpoint to the next
 * @param thoughtful how often a client takes its time between two steps of a transaction
 * @param leases whether leaders read without asking the others for a while
 */
record SwarmMix(
    int nodes,
    List<Mishap> mishaps,
    NetworkFaults network,
    IsolationLevel level,
    long tickNanos,
    int rounds,
    int requestsPerRound,
    boolean quorumAlone,
    long checkpointBytes,
    double thoughtful,
    boolean leases) {
  private static final long MILLI = 1_000_000;

  SwarmMix {
    mishaps = List.copyOf(mishaps);
  }

  static SwarmMix of(SeededRandom random) {
    return new SwarmMix(
        random.chance(0.15) ? 5 : 3,
        mishaps(random),
        NetworkFaults.of(random.fork("network")),
        random.pick(List.of(IsolationLevel.values())),
        random.pick(List.of(10 * MILLI, 10 * MILLI, 25 * MILLI)),
        12 + random.below(16),
        random.pick(List.of(8, 16, 24)),
        random.chance(0.5),
        random.pick(List.of(1_000L, 4_000L, 1L << 30)),
        random.pick(List.of(0.0, 0.1, 0.4)),
        random.chance(0.3));
  }

  private static List<Mishap> mishaps(SeededRandom random) {
    double often = random.pick(List.of(0.15, 0.4, 0.8));
    List<Mishap> some = new ArrayList<>();
    for (Mishap mishap : Mishap.values()) {
      if (random.chance(often)) {
        some.add(mishap);
      }
    }
    return some;
  }

  /** Nodes beside the founders, which wait to be added. */
  int spares() {
    return mishaps.contains(Mishap.MEMBERS) ? 2 : 0;
  }

  /** One of them, or null when there is none. */
  Mishap draw(SeededRandom random) {
    if (mishaps.isEmpty()) {
      return null;
    }
    int left = random.below(mishaps.stream().mapToInt(Mishap::weight).sum());
    for (Mishap mishap : mishaps) {
      left -= mishap.weight();
      if (left < 0) {
        return mishap;
      }
    }
    throw new AssertionError("weights");
  }
}

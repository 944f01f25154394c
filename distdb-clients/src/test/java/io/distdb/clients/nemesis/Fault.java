// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.SeededRandom;
import java.util.List;

/**
 * One fault.
 *
 * @param node whom it strikes, from 1; of those that strike all, where they begin
 * @param atLeader it strikes the leader instead, when one is known
 * @param millis how long it lasts
 * @param clockSeconds how far the clock is off, when it is
 */
record Fault(FaultKind kind, int node, boolean atLeader, long millis, long clockSeconds) {
  private static final long MILLIS_MIN = 1_000;
  private static final long MILLIS_MAX = 8_000;
  private static final long SMALL_SECONDS = 10;
  private static final long HOUR_SECONDS = 3_600;

  static Fault draw(SeededRandom random, List<FaultKind> kinds, int nodes) {
    FaultKind kind = random.pick(kinds);
    long most = random.chance(0.5) ? SMALL_SECONDS : HOUR_SECONDS;
    long seconds = random.between(1, most + 1) * (random.chance(0.5) ? 1 : -1);
    return new Fault(
        kind,
        1 + random.below(nodes),
        random.chance(0.5),
        random.between(MILLIS_MIN, MILLIS_MAX + 1),
        seconds);
  }
}

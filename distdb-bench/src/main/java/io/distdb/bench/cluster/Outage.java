// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * How long nobody's put is answered after {@code kill -9} of the leader: every few milliseconds a
 * put is sent to each of the others, and the first one that is answered ends it.
 */
final class Outage {
  private static final long BETWEEN_NANOS = 5_000_000;
  private static final long NANOS_MAX = 60_000_000_000L;

  /**
   * A cluster that was just mended is left alone for a while, of which not every run has as much.
   */
  private static final long REST_NANOS = 1_000_000_000L;

  private Outage() {}

  /** Kills the leader, and starts it again when the others have gone on; nanoseconds. */
  static long measure(ClusterSide side, long restMoreNanos) {
    String leader = side.awaitLeader();
    await(side, leader);
    LockSupport.parkNanos(REST_NANOS + restMoreNanos);
    leader = side.awaitLeader();
    List<String> others = new ArrayList<>(ClusterSide.NAMES);
    others.remove(leader);
    byte[] value = new byte[Load.VALUE_BYTES];
    long killed = System.nanoTime();
    side.kill(leader);
    AtomicLong answered = new AtomicLong(Long.MAX_VALUE);
    for (long key = 0; answered.get() == Long.MAX_VALUE; key++) {
      for (String node : others) {
        side.put(node, key % Load.KEYS, value)
            .whenComplete((answer, refusal) -> {
              if (refusal == null) {
                answered.accumulateAndGet(System.nanoTime(), Math::min);
              }
            });
      }
      LockSupport.parkNanos(BETWEEN_NANOS);
      if (System.nanoTime() - killed > NANOS_MAX) {
        throw new IllegalStateException(side.name() + ": nobody goes on without " + leader);
      }
    }
    side.restart(leader);
    side.awaitLeader();
    return answered.get() - killed;
  }

  /** Until a put is answered. */
  private static void await(ClusterSide side, String leader) {
    while (true) {
      try {
        side.put(leader, 0, new byte[Load.VALUE_BYTES]).get();
        return;
      } catch (InterruptedException stop) {
        Thread.currentThread().interrupt();
        throw new IllegalStateException(stop);
      } catch (java.util.concurrent.ExecutionException notYet) {
        LockSupport.parkNanos(BETWEEN_NANOS);
      }
    }
  }
}

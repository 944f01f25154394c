// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
import io.distdb.api.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/**
 * The oldest snapshot that each other node reads at, as it says while it does; and what was handed
 * out so lately that it may not have said so yet.
 */
final class RemotePins {
  /** A node that was not heard for so long does not hold garbage back. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** In this time whoever was given a snapshot has said that it reads at it, or is done with it. */
  private static final long HANDED_NANOS = TimeUnit.SECONDS.toNanos(2);

  private record Pin(long snapshot, long heardNanos) {}

  private final Clock clock;
  private final Map<NodeId, Pin> pins = new ConcurrentHashMap<>();
  private volatile long leadsSinceNanos;

  // --- guarded by this ---
  private long handedSinceNanos;

  /** The oldest snapshot that was handed out since then. */
  private long handed = Long.MAX_VALUE;

  /** And in the time before. */
  private long handedBefore = Long.MAX_VALUE;

  RemotePins(Clock clock) {
    this.clock = clock;
    leadsSinceNanos = clock.nanoTime();
    handedSinceNanos = leadsSinceNanos;
  }

  /** Whoever reads elsewhere says so within the time that a pin is kept. */
  void leading() {
    leadsSinceNanos = clock.nanoTime();
  }

  void heard(NodeId node, long oldestPin) {
    pins.put(node, new Pin(oldestPin, clock.nanoTime()));
  }

  /** A snapshot at or above this one is about to be handed out to another node. */
  synchronized void handOut(long snapshot) {
    age();
    handed = Math.min(handed, snapshot);
  }

  private synchronized long oldestHanded() {
    age();
    return Math.min(handed, handedBefore);
  }

  private void age() {
    long passed = clock.nanoTime() - handedSinceNanos;
    if (passed >= HANDED_NANOS) {
      handedBefore = passed >= 2 * HANDED_NANOS ? Long.MAX_VALUE : handed;
      handed = Long.MAX_VALUE;
      handedSinceNanos += passed;
    }
  }

  /** Nothing at or above it may be collected; {@link Long#MAX_VALUE}: no matter what is. */
  long oldest() {
    long now = clock.nanoTime();
    if (now - leadsSinceNanos < KEPT_NANOS) {
      return 0;
    }
    long oldest = oldestHanded();
    for (Map.Entry<NodeId, Pin> each : pins.entrySet()) {
      if (now - each.getValue().heardNanos >= KEPT_NANOS) {
        pins.remove(each.getKey(), each.getValue());
      } else {
        oldest = Math.min(oldest, each.getValue().snapshot);
      }
    }
    return oldest;
  }
}

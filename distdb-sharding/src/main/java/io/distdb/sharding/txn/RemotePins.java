// SPDX-License-Identifier: MIT
package io.distdb.sharding.txn;

import io.distdb.api.NodeId;
import io.distdb.api.time.Clock;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;

/** The oldest snapshot that each other node reads at, as it says while it does. */
final class RemotePins {
  /** A node that was not heard for so long does not hold garbage back. */
  private static final long KEPT_NANOS = TimeUnit.SECONDS.toNanos(10);

  private record Pin(long snapshot, long heardNanos) {}

  private final Clock clock;
  private final Map<NodeId, Pin> pins = new ConcurrentHashMap<>();
  private volatile long leadsSinceNanos;

  RemotePins(Clock clock) {
    this.clock = clock;
    leadsSinceNanos = clock.nanoTime();
  }

  /** Whoever reads elsewhere says so within the time that a pin is kept. */
  void leading() {
    leadsSinceNanos = clock.nanoTime();
  }

  void heard(NodeId node, long oldestPin) {
    pins.put(node, new Pin(oldestPin, clock.nanoTime()));
  }

  /** Nothing at or above it may be collected; {@link Long#MAX_VALUE}: no matter what is. */
  long oldest() {
    long now = clock.nanoTime();
    if (now - leadsSinceNanos < KEPT_NANOS) {
      return 0;
    }
    long oldest = Long.MAX_VALUE;
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

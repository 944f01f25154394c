// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

import io.distdb.api.txn.TimestampSource;
import java.util.Objects;

/**
 * Lets other threads run before and after a timestamp is handed out, so that what depends on the
 * order of "mark, then fetch" is put to the test.
 */
public final class PreemptingTimestampSource implements TimestampSource {
  private final SimulatedWorld world;
  private final TimestampSource source;

  public PreemptingTimestampSource(SimulatedWorld world, TimestampSource source) {
    this.world = Objects.requireNonNull(world, "world");
    this.source = Objects.requireNonNull(source, "source");
  }

  @Override
  public long next() {
    world.preempt();
    long timestamp = source.next();
    world.trace("timestamp", "next", timestamp);
    world.preempt();
    return timestamp;
  }

  /** May be called within a lock: nobody else runs. */
  @Override
  public long current() {
    return source.current();
  }

  @Override
  public long now() {
    return source.now();
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.local;

import io.distdb.api.time.Clock;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The machine's clock as one life of a node sees it.
 *
 * @param skewMicros how far the node's wall clock is ahead; the node keeps it over its lives
 */
record NodeClock(Gate gate, AtomicLong skewMicros) implements Clock {
  @Override
  public long wallMicros() {
    gate.pass();
    return Clock.system().wallMicros() + skewMicros.get();
  }

  @Override
  public long nanoTime() {
    gate.pass();
    return Clock.system().nanoTime();
  }
}

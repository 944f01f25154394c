// SPDX-License-Identifier: MIT
package io.distdb.api.time;

/** The two clocks of a node. Safety never depends on either. Thread-safe. */
public interface Clock {
  /** Wall clock: microseconds since 1970. May jump either way. */
  long wallMicros();

  /** Monotonic clock: nanoseconds from an arbitrary origin; never goes back. */
  long nanoTime();

  /** The JDK's clocks. */
  static Clock system() {
    return SystemClock.INSTANCE;
  }
}

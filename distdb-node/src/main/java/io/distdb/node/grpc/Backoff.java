// SPDX-License-Identifier: MIT
package io.distdb.node.grpc;

import java.util.SplittableRandom;

/**
 * Pauses between attempts, each from half of a bound to all of it, and the bound doubles up to the
 * longest: "equal jitter" of M. Brooker, Exponential Backoff And Jitter, 2015. For one thread.
 */
final class Backoff {
  private final long nanosMin;
  private final long nanosMax;
  private final SplittableRandom random;
  private long bound;

  Backoff(long nanosMin, long nanosMax, SplittableRandom random) {
    this.nanosMin = nanosMin;
    this.nanosMax = nanosMax;
    this.random = random;
    this.bound = nanosMin;
  }

  long nextNanos() {
    long pause = bound - random.nextLong(bound / 2 + 1);
    bound = Math.min(nanosMax, bound > nanosMax / 2 ? nanosMax : bound * 2);
    return pause;
  }

  /** An attempt went well: the next pause is a short one again. */
  void reset() {
    bound = nanosMin;
  }
}

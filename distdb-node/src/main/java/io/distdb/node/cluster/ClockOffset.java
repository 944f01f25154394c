// SPDX-License-Identifier: MIT
package io.distdb.node.cluster;

import java.util.Locale;

/**
 * How far the wall clock of another node is from this node's, as one question found: the truth is
 * within {@code micros} plus or minus {@code errorMicros}.
 *
 * <p>The other clock was read at some moment between question and answer, so what is not known is
 * no more than the time that both took; its middle errs by half of that at most, whatever paused or
 * delayed either way. Source: F. Cristian, "Probabilistic clock synchronization" (1989).
 *
 * @param micros positive: the other is ahead
 */
record ClockOffset(long micros, long errorMicros) {
  private static final long NANOS_PER_MICRO = 1_000;

  ClockOffset {
    if (errorMicros < 0) {
      throw new IllegalArgumentException("an error of " + errorMicros + " us");
    }
  }

  /**
   * @param askedMicros this node's wall clock, read after the round began
   * @param roundNanos from then until the answer was there, by the monotonic clock
   * @param otherMicros what the other's wall clock said
   */
  static ClockOffset of(long askedMicros, long roundNanos, long otherMicros) {
    long halfMicros = Math.max(0, roundNanos) / (2 * NANOS_PER_MICRO) + 1;
    return new ClockOffset(otherMicros - askedMicros - halfMicros, halfMicros);
  }

  /** Whether it is more than the limit, whatever the error was. */
  boolean isBeyond(long limitMicros) {
    return Math.abs(micros) - errorMicros > limitMicros;
  }

  /** Whether it is no more than the limit, whatever the error was. */
  boolean isWithin(long limitMicros) {
    return Math.abs(micros) + errorMicros <= limitMicros;
  }

  /** How this node's clock seems to the other. */
  ClockOffset ofThis() {
    return new ClockOffset(-micros, errorMicros);
  }

  /** How the clock of {@code than} seems to the node of this one. */
  ClockOffset from(ClockOffset than) {
    return new ClockOffset(micros - than.micros, errorMicros + than.errorMicros);
  }

  /** "3600.000 s ahead of", "0.700 s behind", of whom is to follow. */
  String text() {
    return seconds(Math.abs(micros)) + (micros < 0 ? " behind" : " ahead of");
  }

  static String seconds(long micros) {
    return String.format(Locale.ROOT, "%.3f s", micros / 1e6);
  }
}

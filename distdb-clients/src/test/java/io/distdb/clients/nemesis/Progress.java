// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import java.util.ArrayList;
import java.util.List;

/** When writes were acknowledged, whoever asked: the times between them are unavailability. */
final class Progress {
  private static final long GAP_NANOS_MIN = 500_000_000;

  /** No write was acknowledged from one moment to the other. */
  record Gap(long fromNanos, long toNanos) {
    long nanos() {
      return toNanos - fromNanos;
    }
  }

  private final List<Gap> gaps = new ArrayList<>();
  private long last;
  private boolean begun;

  synchronized void written() {
    long now = System.nanoTime();
    if (begun && now - last >= GAP_NANOS_MIN) {
      gaps.add(new Gap(last, now));
    }
    begun = true;
    last = now;
  }

  /** Whether a write was acknowledged at {@code nanos} or later. */
  synchronized boolean writtenSince(long nanos) {
    return begun && last >= nanos;
  }

  /** Every time of half a second or more that ended. */
  synchronized List<Gap> gaps() {
    return List.copyOf(gaps);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.util.Arrays;

/** Clients that each ask, wait for the answer, and ask again. */
interface Load {
  int VALUE_BYTES = 256;
  int KEYS = 1_000;

  enum Kind {
    PUT,
    GET
  }

  /**
   * Runs {@code clients} of them for a while, against the leader.
   *
   * @throws IllegalStateException a request failed
   */
  Sample run(Kind kind, int clients, long nanos);

  /** What was answered within the time. */
  record Sample(long count, long nanos, long[] latencies) {
    double perSecond() {
      return count * 1e9 / nanos;
    }

    /** In microseconds. */
    double latency(double share) {
      return latencies.length == 0
          ? Double.NaN
          : latencies[(int) Math.min(latencies.length - 1, latencies.length * share)] / 1e3;
    }
  }

  /** Notes answers; one thread at a time. */
  final class Notes {
    private final long began = System.nanoTime();
    private long[] latencies = new long[1 << 12];
    private int count;
    private long last = began;

    long began() {
      return began;
    }

    void answered(long askedAt, long now) {
      if (count == latencies.length) {
        latencies = Arrays.copyOf(latencies, count * 2);
      }
      latencies[count++] = now - askedAt;
      last = now;
    }

    Sample sample() {
      long[] sorted = Arrays.copyOf(latencies, count);
      Arrays.sort(sorted);
      return new Sample(count, last - began, sorted);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import java.util.TreeMap;

/**
 * What seeds came to.
 *
 * @param virtualNanos simulated time
 * @param answered requests of clients
 * @param terms that had a leader
 * @param comparisons of contents of replicas at equal indexes
 * @param mishaps how often each kind was there
 */
record ClusterSummary(
    long seeds,
    long virtualNanos,
    long answered,
    long terms,
    long comparisons,
    TreeMap<String, Integer> mishaps) {
  static final ClusterSummary NOTHING = new ClusterSummary(0, 0, 0, 0, 0, new TreeMap<>());

  ClusterSummary {
    mishaps = new TreeMap<>(mishaps);
  }

  ClusterSummary and(ClusterSummary other) {
    TreeMap<String, Integer> both = new TreeMap<>(mishaps);
    other.mishaps.forEach((kind, times) -> both.merge(kind, times, Integer::sum));
    return new ClusterSummary(
        seeds + other.seeds,
        virtualNanos + other.virtualNanos,
        answered + other.answered,
        terms + other.terms,
        comparisons + other.comparisons,
        both);
  }

  String text(long realNanos) {
    return String.format(
        "clusters: %d seeds, no violation; %.1f h of simulated time, %.1f s of real time, %.1f"
            + " seeds/s; %d requests answered, %d leaders, %d contents compared; %s",
        seeds,
        virtualNanos / 3.6e12,
        realNanos / 1e9,
        seeds / (realNanos / 1e9),
        answered,
        terms,
        comparisons,
        mishaps);
  }
}

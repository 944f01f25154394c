// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

/** Prints seed and trace hash of each seed given: the other JVM. */
final class ClusterHashes {
  private ClusterHashes() {}

  public static void main(String[] seeds) {
    try (QuietLog quiet = new QuietLog()) {
      for (String seed : seeds) {
        try (ClusterSimulation simulation =
            new ClusterSimulation(Long.parseLong(seed), Planted.NOTHING)) {
          simulation.run();
          System.out.println("trace " + seed + " " + simulation.traceHash());
        }
      }
    }
  }
}

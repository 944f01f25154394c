// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

/** Prints the trace hash of each seed given: the other JVM of {@link SecondJvmTest}. */
final class HashProgram {
  private HashProgram() {}

  public static void main(String[] seeds) {
    for (String seed : seeds) {
      System.out.println(Long.toHexString(SampleSimulation.run(Long.parseLong(seed))));
    }
  }
}

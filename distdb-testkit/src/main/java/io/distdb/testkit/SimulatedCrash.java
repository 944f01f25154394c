// SPDX-License-Identifier: MIT
package io.distdb.testkit;

/**
 * The simulated process is gone: thrown by every port call of it from then on, so that its threads
 * unwind. An {@link Error}, because no code may recover from it; whoever started the process in the
 * test catches it.
 */
public final class SimulatedCrash extends Error {
  private static final long serialVersionUID = 1L;

  public SimulatedCrash(String why) {
    super(why);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testkit.simulation;

/** A simulated run went wrong; the message tells the seed and the last events. */
public final class SimulationFailure extends AssertionError {
  private static final long serialVersionUID = 1L;

  SimulationFailure(String message, Throwable cause) {
    super(message, cause);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.backup;

import io.distdb.testkit.disk.CrashMode;
import io.distdb.testkit.simulation.SimulatedNode;
import io.distdb.testkit.simulation.SimulatedWorld;
import java.util.function.Consumer;

/**
 * A life that a power loss ends, and the one that looks at what is left.
 *
 * @param first ends at the boundary, or by itself
 */
record TwoLives(Consumer<SimulatedNode> first, Consumer<SimulatedNode> next) {
  static final long NEVER = Long.MAX_VALUE;

  /**
   * @param boundary at which the power goes; {@link #NEVER}: at the first life's end
   * @return how many boundaries there were
   */
  long run(long boundary, CrashMode mode) {
    try (SimulatedWorld world = new SimulatedWorld(1)) {
      return world.call(() -> {
        SimulatedNode node = world.node("n1");
        if (boundary != NEVER) {
          node.disk().crashAt(boundary);
        }
        node.scheduler().start("first life", () -> first.accept(node)).join();
        long boundaries = node.disk().boundaries();
        node.crash(mode);
        node.scheduler().start("next life", () -> next.accept(node)).join();
        return boundaries;
      });
    } catch (RuntimeException | AssertionError failure) {
      throw new AssertionError("power lost at boundary " + boundary + ", " + mode, failure);
    }
  }
}

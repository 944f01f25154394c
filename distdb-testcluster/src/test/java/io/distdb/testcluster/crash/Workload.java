// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.node.config.Config;
import java.util.function.Function;

/**
 * Something small that writes to the disk in its own way.
 *
 * @param apart whether the journal has a directory of its own
 * @param story begins a run
 */
record Workload(String name, Config config, boolean apart, Function<Machine, Story> story) {
  @Override
  public String toString() {
    return name;
  }
}

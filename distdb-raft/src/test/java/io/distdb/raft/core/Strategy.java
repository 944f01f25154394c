// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import java.util.List;

/** How a node takes events: as shipped, or with a planted bug. One for each life of a node. */
@FunctionalInterface
interface Strategy {
  List<Effect> step(RaftCore core, Event event);
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.session;

import io.distdb.api.NodeId;
import io.distdb.api.cluster.Members;
import io.distdb.api.transport.Calls;
import java.util.List;
import java.util.Optional;

/** The nodes that one database is on, as the sessions of one of them need them. Thread-safe. */
public interface Cluster {
  /** This node. */
  NodeId self();

  /** All of them, this one too, as far as it knows. */
  List<NodeId> members();

  /** Who leads the system shard, as far as this node knows. */
  Optional<NodeId> leader();

  /** The term in which this node leads the system shard, or -1. */
  long leadingTerm();

  /** How operators look after it. */
  default Members administration() {
    return Members.NONE;
  }

  /** How they are asked. The names of the services that sessions need begin with {@code sql.}. */
  Calls calls();
}

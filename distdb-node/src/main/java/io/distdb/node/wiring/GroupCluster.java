// SPDX-License-Identifier: MIT
package io.distdb.node.wiring;

import io.distdb.api.NodeId;
import io.distdb.api.cluster.Members;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.transport.Calls;
import io.distdb.sql.session.Cluster;
import java.util.List;
import java.util.Optional;
import java.util.TreeSet;

/** The members of the system shard's group, to whom SQL sessions talk. */
record GroupCluster(NodeId self, ReplicatedGroup group, Calls calls, Members administration)
    implements Cluster {
  @Override
  public List<NodeId> members() {
    GroupStatus status = group.status();
    TreeSet<NodeId> members = new TreeSet<>(status.voters());
    members.addAll(status.outgoing());
    members.addAll(status.learners());
    members.add(self);
    return List.copyOf(members);
  }

  @Override
  public Optional<NodeId> leader() {
    return group.leader();
  }

  @Override
  public long leadingTerm() {
    return group.leadingTerm();
  }
}

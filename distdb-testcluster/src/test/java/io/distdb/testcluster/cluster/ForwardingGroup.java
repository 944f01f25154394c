// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Optional;

/** Another group; who extends it changes some of its calls. */
class ForwardingGroup implements ConsensusGroup {
  final ConsensusGroup group;

  ForwardingGroup(ConsensusGroup group) {
    this.group = group;
  }

  @Override
  public ShardId id() {
    return group.id();
  }

  @Override
  public long leadingTerm() {
    return group.leadingTerm();
  }

  @Override
  public Optional<NodeId> leader() {
    return group.leader();
  }

  @Override
  public List<NodeId> silent() {
    return group.silent();
  }

  @Override
  public Object propose(long term, Command command) {
    return group.propose(term, command);
  }

  @Override
  public void confirmRead(long term) {
    group.confirmRead(term);
  }

  @Override
  public LogPosition committed() {
    return group.committed();
  }

  @Override
  public void compact(LogPosition position) {
    group.compact(position);
  }
}

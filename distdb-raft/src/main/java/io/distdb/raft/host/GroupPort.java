// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.GroupStatus;
import io.distdb.api.consensus.MemberChange;
import io.distdb.api.consensus.ReadConfirmation;
import io.distdb.api.consensus.ReplicatedGroup;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Membership;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/** What callers have of a group: they leave their wishes with the host and wait. Any thread. */
final class GroupPort implements ReplicatedGroup {
  private final HostedGroup group;
  private final RaftConsensus host;

  GroupPort(HostedGroup group, RaftConsensus host) {
    this.group = group;
    this.host = host;
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
    return group.silentVoters();
  }

  @Override
  public LogPosition committed() {
    return group.applier.committed();
  }

  @Override
  public Object propose(long term, Command command) {
    return propose(new Pending(term, command, host.newWaiter()));
  }

  @Override
  public Object proposeLocally(long term, Command command) {
    Pending mine = new Pending(term, command, host.newWaiter());
    mine.local = true;
    return propose(mine);
  }

  private Object propose(Pending mine) {
    host.submit(group, () -> group.propose(mine), mine);
    return mine.await();
  }

  @Override
  public void confirmRead(long term) {
    ask(term, group::askToRead);
  }

  @Override
  public void confirmRead(long term, ReadConfirmation then) {
    Pending mine = new Pending(term, then, host.callBacks());
    host.request(group, term, group.reads.goesAtOnce(), () -> group.askToRead(mine))
        .ifPresent(then::refused);
  }

  @Override
  public void compact(LogPosition position) {
    host.compact(group, position);
  }

  @Override
  public GroupStatus status() {
    return (GroupStatus) ask(HostedGroup.NOT_LEADING, group::status);
  }

  @Override
  public void begin(List<NodeId> voters) {
    Membership founders = Membership.of(voters, List.of());
    ask(HostedGroup.NOT_LEADING, mine -> group.begin(mine, founders));
  }

  @Override
  public void change(MemberChange change) {
    ask(leadingTerm(), mine -> group.change(mine, change));
  }

  @Override
  public void transfer(NodeId target) {
    ask(leadingTerm(), mine -> group.transfer(mine, target));
  }

  private Object ask(long term, Consumer<Pending> work) {
    Pending mine = new Pending(term, null, host.newWaiter());
    host.submit(group, () -> work.accept(mine), mine);
    return mine.await();
  }
}

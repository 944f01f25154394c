// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import io.distdb.api.NodeId;
import io.distdb.api.error.Invariant;
import io.distdb.api.storage.LogPosition;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What a node finds when it comes back: its journal, and how far its state machine is durable. */
final class CoreDisk {
  long term;
  NodeId vote;
  LogPosition base;
  Membership membership;
  final ArrayList<Entry> entries;

  /** The state machine is durable through here; at or behind the base. */
  long machine;

  CoreDisk(RaftCore.OnDisk content) {
    term = content.term();
    vote = content.vote().orElse(null);
    base = content.base();
    membership = content.membership();
    entries = new ArrayList<>(content.entries());
    machine = content.applied();
  }

  CoreDisk copy() {
    return new CoreDisk(read());
  }

  RaftCore.OnDisk read() {
    return new RaftCore.OnDisk(
        term, Optional.ofNullable(vote), base, membership, List.copyOf(entries), machine);
  }

  long lastIndex() {
    return base.index() + entries.size();
  }

  /** Of how many records a write consists. */
  static int parts(Effect.Persist write) {
    return (write.hardState().isPresent() ? 1 : 0)
        + (write.installed().isPresent() ? 1 : 0)
        + write.entries().size();
  }

  /**
   * @param parts how many of its records, in their order, get there before the power fails
   */
  void write(Effect.Persist write, int parts) {
    int left = parts;
    if (write.hardState().isPresent() && left-- > 0) {
      write(write.hardState().get());
    }
    if (write.installed().isPresent() && left-- > 0) {
      install(write.installed().get());
    }
    for (Entry entry : write.entries()) {
      if (left-- > 0) {
        write(entry);
      }
    }
  }

  private void write(Effect.HardState state) {
    NodeId voted = state.vote().orElse(null);
    Invariant.check(
        state.term() > term || state.term() == term && (vote == null || vote.equals(voted)),
        "term %d, vote %s on the disk is replaced by %s",
        term,
        vote,
        state);
    term = state.term();
    vote = voted;
  }

  private void install(Effect.Installed installed) {
    Invariant.check(
        installed.position().index() > machine, "%s is older than the state machine", installed);
    base = installed.position();
    membership = installed.membership();
    entries.clear();
    machine = base.index();
  }

  private void write(Entry entry) {
    Invariant.check(
        entry.index() > machine && entry.index() <= lastIndex() + 1,
        "%s is written; the disk has (%d, %d], %d of it applied",
        entry,
        base.index(),
        lastIndex(),
        machine);
    entries.subList((int) (entry.index() - base.index() - 1), entries.size()).clear();
    entries.add(entry);
  }

  /** The log begins at {@code index}: the state machine has the rest. */
  void purge(long index, LogPosition position, Membership at) {
    entries.subList(0, (int) (index - base.index())).clear();
    base = position;
    membership = at;
  }

  /** Whether the entry is here, or was and is in the state machine. */
  boolean holds(LogPosition position) {
    if (position.index() <= base.index()) {
      return position.index() < base.index() || position.term() == base.term();
    }
    return position.index() <= lastIndex()
        && entries.get((int) (position.index() - base.index() - 1)).term() == position.term();
  }

  @Override
  public String toString() {
    return term + "/" + vote + " " + base + " " + membership + " " + entries + " " + machine;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.solo;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Consensus;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * The groups of a node that is alone.
 *
 * <p>With a journal, a proposal is appended, forced together with those of other threads, and
 * applied in the order of the log, all in callers' threads (see {@link JournaledGroup}). Without
 * one, it is applied and never encoded.
 *
 * <p>Each start begins a new term in each group and votes for itself, and the first one writes a
 * configuration with itself as the only voter, at index 0. Everything in the journal counts as
 * committed: with one voter, what is on its disk is. A proposal whose outcome nobody was told may
 * so come to be applied at the next start, as {@code COMMIT_OUTCOME_UNKNOWN} says.
 */
public final class SoloConsensus implements Consensus {
  private final NodeId self;
  private final Optional<Journal> journal;
  private final Scheduler scheduler;

  /** Guards what follows. */
  private final Object lock = new Object();

  private final Map<ShardId, SoloGroup> groups = new TreeMap<>();
  private final Map<ShardId, LogPosition> covered = new TreeMap<>();
  private boolean started;

  /**
   * @param self who this node is, also when it becomes a member of a cluster
   * @param journal not recovered yet, and closed by whoever made it, after this; empty for a
   *     database that lives in memory only
   */
  public SoloConsensus(NodeId self, Optional<Journal> journal, Scheduler scheduler) {
    this.self = self;
    this.journal = journal;
    this.scheduler = scheduler;
  }

  @Override
  public ConsensusGroup open(ShardId id, StateMachine machine) {
    SoloGroup group =
        journal.isPresent()
            ? new JournaledGroup(id, self, machine, journal.get(), scheduler, this::compact)
            : new MemoryGroup(id, self, machine);
    boolean lead;
    synchronized (lock) {
      if (groups.putIfAbsent(id, group) != null) {
        throw new IllegalStateException("the group " + id + " is open already");
      }
      lead = started;
    }
    if (lead) {
      lead(List.of(group));
    }
    return group;
  }

  @Override
  public Journal.Recovery start(Journal.Progress progress) {
    Journal.Recovery recovery =
        journal.isPresent()
            ? recover(journal.get(), progress)
            : new Journal.Recovery(0, 0, 0, 0, true, 0);
    List<SoloGroup> all;
    synchronized (lock) {
      started = true;
      all = new ArrayList<>(groups.values());
    }
    lead(all);
    return recovery;
  }

  private Journal.Recovery recover(Journal source, Journal.Progress progress) {
    List<SoloGroup> all;
    synchronized (lock) {
      all = new ArrayList<>(groups.values());
    }
    all.forEach(group -> group.machine.replaying(true));
    Journal.Recovery recovery = source.recover(this::replay, progress);
    all.forEach(group -> group.machine.replaying(false));
    return recovery;
  }

  private void replay(JournalRecord record) {
    SoloGroup group;
    synchronized (lock) {
      group = groups.get(record.group());
    }
    if (group == null) {
      throw new IllegalStateException(
          "the journal holds records of shard " + record.group() + ", which was not opened");
    }
    group.replay(record);
  }

  /** Terms and votes of all are on the disk, by one force, before anyone leads. */
  private void lead(List<SoloGroup> beginners) {
    long end = 0;
    for (SoloGroup group : beginners) {
      end = Math.max(end, group.beginTerm());
    }
    if (journal.isPresent() && !beginners.isEmpty()) {
      journal.get().forceToDisk(end);
    }
    for (SoloGroup group : beginners) {
      group.lead();
    }
  }

  private void compact(ShardId group, LogPosition position) {
    Map<ShardId, LogPosition> through;
    synchronized (lock) {
      covered.merge(group, position, (old, now) -> old.index() > now.index() ? old : now);
      through = new TreeMap<>(covered);
    }
    journal
        .orElseThrow(
            () -> new DistDbException(ErrorCode.INTERNAL_ERROR, "there is no journal to compact"))
        .purge(through);
  }

  @Override
  public void close() {
    List<SoloGroup> all;
    synchronized (lock) {
      all = new ArrayList<>(groups.values());
    }
    all.forEach(SoloGroup::stop);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.node.directory.MemberIdentity;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What a journal says of a group besides its entries: terms, votes, members. */
final class GroupSurvey {
  private static final JournalRecord.Configuration NOBODY =
      new JournalRecord.Configuration(
          ShardId.SYSTEM, LogPosition.START, List.of(), List.of(), List.of());

  private final TreeMap<Long, JournalRecord.Configuration> memberships = new TreeMap<>();
  private long term;
  private Optional<NodeId> vote = Optional.empty();

  void state(JournalRecord.HardState state) {
    term = state.term();
    vote = state.vote();
  }

  void membership(JournalRecord.Configuration configuration) {
    supersede(configuration.position());
    memberships.put(configuration.position().index(), configuration);
  }

  /** An entry of a later term takes the place of all from its index on. */
  void supersede(LogPosition entry) {
    memberships
        .tailMap(entry.index(), true)
        .values()
        .removeIf(other -> other.position().term() < entry.term());
  }

  MemberReport report(MemberIdentity identity, List<String> recoveries) {
    JournalRecord.Configuration last =
        memberships.isEmpty() ? NOBODY : memberships.lastEntry().getValue();
    return new MemberReport(
        identity,
        term,
        vote,
        last.position().index(),
        last.voters(),
        last.outgoing(),
        last.learners(),
        recoveries);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.api.journal;

import io.distdb.api.Bytes;
import io.distdb.api.Encodable;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.storage.LogPosition;
import java.util.List;
import java.util.Objects;
import java.util.Optional;

/** What a journal holds. */
public sealed interface JournalRecord {
  ShardId group();

  /**
   * A log entry. It supersedes every earlier entry of its group at or above its index.
   *
   * @param payload encoded when it is appended; read back as {@link Bytes} in {@link Recovered}
   */
  record Entry(ShardId group, LogPosition position, Encodable payload) implements JournalRecord {
    public Entry {
      Objects.requireNonNull(group, "group");
      Objects.requireNonNull(position, "position");
      Objects.requireNonNull(payload, "payload");
    }
  }

  /** Term and vote, one atomic record, forced before any reply that depends on them. */
  record HardState(ShardId group, long term, Optional<NodeId> vote) implements JournalRecord {}

  /**
   * Who votes and who learns, from {@code position} on.
   *
   * @param outgoing voters that are being left; empty when the configuration is not joint
   */
  record Configuration(
      ShardId group,
      LogPosition position,
      List<NodeId> voters,
      List<NodeId> outgoing,
      List<NodeId> learners)
      implements JournalRecord {
    public Configuration {
      voters = List.copyOf(voters);
      outgoing = List.copyOf(outgoing);
      learners = List.copyOf(learners);
    }
  }

  /**
   * The group's log through {@code position} has become a snapshot. An empty entry at {@code
   * position} follows, which voids what the log had there and above, then the configuration as of
   * there. Alone it was carried forward by a purge.
   */
  record SnapshotInstalled(ShardId group, LogPosition position) implements JournalRecord {}

  /** An entry as it is read back. */
  record Recovered(ShardId group, LogPosition position, Bytes payload) implements JournalRecord {}
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.host;

import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.journal.Journal;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.raft.core.Entry;
import io.distdb.raft.core.Membership;
import io.distdb.raft.core.RaftCore;
import java.util.List;
import java.util.Optional;

/**
 * Goes on with a group most of whose voters are lost for good, from what one node has. That node's
 * log becomes the truth, whatever the others had acknowledged or replaced: an entry that makes it
 * the only voter is written behind its last one, in a term of its own, and with its next start it
 * commits all of them. Raft cannot know that this is safe; whoever asks for it must.
 *
 * @param last the end of the log
 * @param term the highest that the node knows
 * @param membership as the node knows it, agreed upon or not
 */
public record LostQuorum(LogPosition last, long term, Membership membership) {
  /**
   * Reads what the node has; nothing of it is changed.
   *
   * @param journal just opened, with nothing but this group in it
   * @param applied what the state machine has of the log
   * @throws io.distdb.api.error.DistDbException {@code DATA_CORRUPTED}
   */
  public static LostQuorum survey(Journal journal, ShardId group, LogPosition applied) {
    Recall recall = new Recall(group, applied);
    journal.recover(recall::take, Journal.Progress.SILENT);
    RaftCore.OnDisk disk = recall.onDisk();
    LogPosition last = disk.base();
    Membership membership = disk.membership();
    for (Entry entry : disk.entries()) {
      last = entry.position();
      membership = entry.content() instanceof Membership later ? later : membership;
    }
    return new LostQuorum(last, disk.term(), membership);
  }

  /** From its next start on {@code self} alone votes; on the disk when this returns. */
  public void goOnAlone(Journal journal, ShardId group, NodeId self) {
    long next = term + 1;
    journal.append(new JournalRecord.HardState(group, next, Optional.of(self)));
    long end =
        journal.append(
            new JournalRecord.Configuration(
                group,
                new LogPosition(next, last.index() + 1),
                List.of(self),
                List.of(),
                List.of()));
    journal.forceToDisk(end);
  }
}

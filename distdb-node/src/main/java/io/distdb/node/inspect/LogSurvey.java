// SPDX-License-Identifier: MIT
package io.distdb.node.inspect;

import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.error.Invariant;
import io.distdb.api.inspect.Damage;
import io.distdb.api.journal.JournalRecord;
import io.distdb.api.storage.LogPosition;
import io.distdb.sharding.replica.ShardCommand;
import io.distdb.storage.memory.journal.JournalSurvey;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;

/** Reads the log in a journal: which entries there are, and what each says. */
public final class LogSurvey implements JournalSurvey.Visitor {
  private final Map<ShardId, ShardLog> shards = new TreeMap<>();
  private final GroupSurvey group = new GroupSurvey();
  private final Reader reader;
  private final Consumer<Damage> damages;

  /** Takes commands in the order of the journal. */
  @FunctionalInterface
  public interface Reader {
    void command(ShardId shard, LogPosition position, ShardCommand command);
  }

  public LogSurvey(Reader reader, Consumer<Damage> damages) {
    this.reader = reader;
    this.damages = damages;
  }

  @Override
  public void damage(Damage damage) {
    damages.accept(damage);
  }

  @Override
  public void record(String file, long offset, JournalRecord record) {
    switch (record) {
      case JournalRecord.Recovered entry -> {
        group.supersede(entry.position());
        if (entry.payload().isEmpty()) {
          // The first entry of a leader, or the place of an installed snapshot.
          count(entry.group(), entry.position(), Timestamp.NONE);
        } else {
          decode(file, offset, entry).ifPresent(command -> take(entry, command));
        }
      }
      case JournalRecord.Configuration members -> {
        group.membership(members);
        if (members.position().index() > 0) {
          count(members.group(), members.position(), Timestamp.NONE);
        }
      }
      case JournalRecord.HardState state -> group.state(state);
      case JournalRecord.SnapshotInstalled installed -> {}
      case JournalRecord.Entry entry ->
          throw Invariant.unreachable("a survey hands out entries as they are read");
    }
  }

  private void count(ShardId shard, LogPosition position, long timestamp) {
    shards.computeIfAbsent(shard, ShardLog::new).entry(position.index(), timestamp);
  }

  GroupSurvey group() {
    return group;
  }

  private Optional<ShardCommand> decode(String file, long offset, JournalRecord.Recovered entry) {
    try {
      return Optional.of(ShardCommand.decode(entry.payload()));
    } catch (DistDbException refused) {
      damages.accept(
          new Damage(
              file,
              offset,
              entry.payload().length(),
              refused.code() == ErrorCode.INCOMPATIBLE_FORMAT
                  ? Damage.Kind.NEWER_FORMAT
                  : Damage.Kind.CONTENT,
              "the entry at index " + entry.position().index() + ": " + refused.getMessage()));
      return Optional.empty();
    }
  }

  private void take(JournalRecord.Recovered entry, ShardCommand command) {
    long timestamp =
        command instanceof ShardCommand.Commit commit ? commit.batch().timestamp() : Timestamp.NONE;
    count(entry.group(), entry.position(), timestamp);
    reader.command(entry.group(), entry.position(), command);
  }

  /** By shard, rising. */
  public List<LogRun> runs() {
    return shards.values().stream().flatMap(log -> log.runs().stream()).toList();
  }
}

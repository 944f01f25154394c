// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.journal.Durability;
import io.distdb.api.journal.Journal;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.time.Scheduler;
import io.distdb.raft.solo.SoloConsensus;
import java.nio.ByteBuffer;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** Proposals of solo consensus to a state machine that only counts. */
final class SoloSide implements Side {
  private static final long COMPACT_EVERY = 1 << 19;

  private final String name;
  private final Optional<Journal> journal;
  private final SoloConsensus consensus;
  private final ConsensusGroup group;
  private final long term;

  private SoloSide(String name, Optional<Journal> journal) {
    this.name = name;
    this.journal = journal;
    consensus = new SoloConsensus(new NodeId("bench"), journal, Scheduler.threads());
    group = consensus.open(ShardId.SYSTEM, new Counter());
    consensus.start(Journal.Progress.SILENT);
    term = group.leadingTerm();
  }

  static SoloSide durable(Path directory, Durability durability) {
    return new SoloSide(
        "solo consensus, " + durability.name().toLowerCase(java.util.Locale.ROOT),
        Optional.of(JournalSide.open(directory.resolve("solo-" + durability), durability)));
  }

  static SoloSide inMemory() {
    return new SoloSide("solo consensus without a journal", Optional.empty());
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public void write(byte[] record) {
    LogPosition position = (LogPosition) group.propose(term, new Payload(record));
    if (position.index() % COMPACT_EVERY == 0) {
      group.compact(position);
    }
  }

  @Override
  public void close() {
    consensus.close();
    journal.ifPresent(Journal::close);
  }

  private record Payload(byte[] content) implements Command {
    @Override
    public int encodedSize() {
      return content.length;
    }

    @Override
    public void encode(ByteBuffer target) {
      target.put(content);
    }
  }

  private static final class Counter implements StateMachine {
    private LogPosition applied = LogPosition.START;

    @Override
    public LogPosition applied() {
      return applied;
    }

    @Override
    public Object apply(LogPosition position, Command command) {
      applied = position;
      return position;
    }

    @Override
    public Command decode(Bytes payload) {
      return new Payload(payload.array());
    }

    @Override
    public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
      throw new UnsupportedOperationException("nothing to export");
    }

    @Override
    public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
      throw new UnsupportedOperationException("nothing to install");
    }

    @Override
    public void leading(long term) {}

    @Override
    public void following(long term) {}
  }
}

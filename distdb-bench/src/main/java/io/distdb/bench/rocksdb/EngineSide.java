// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.Timestamp;
import io.distdb.api.consensus.Command;
import io.distdb.api.consensus.ConsensusGroup;
import io.distdb.api.consensus.StateMachine;
import io.distdb.api.index.Direction;
import io.distdb.api.index.EntryBlock;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexCursor;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.index.KeyRange;
import io.distdb.api.journal.Journal;
import io.distdb.api.provider.StorageResources;
import io.distdb.api.storage.LogPosition;
import io.distdb.api.storage.StorageEngine;
import io.distdb.api.storage.Store;
import io.distdb.api.storage.WriteBatch;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.storage.memory.disk.FileDisk;
import io.distdb.storage.memory.journal.JournalOptions;
import io.distdb.storage.memory.journal.SegmentedJournal;
import io.distdb.storage.rocksdb.RocksStorageProvider;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Consumer;

/** The engine's index, and the log that makes its writes durable. */
final class EngineSide implements KeyValueSide {
  private static final IndexId ROWS = new IndexId(1);

  private final StorageEngine engine;
  private final Store store;
  private final Journal journal;
  private SoloConsensus consensus;
  private ConsensusGroup group;
  private final EntryBlock block = new EntryBlock(100);
  private Index index;
  private long timestamp = 1;

  EngineSide(Path directory, long memoryBytes) throws java.io.IOException {
    Path engineDirectory = Files.createDirectories(directory.resolve("engine"));
    engine =
        new RocksStorageProvider()
            .open(
                new StorageResources(
                    Optional.of(new FileDisk(engineDirectory, Clock.system())),
                    memoryBytes,
                    Scheduler.threads(),
                    Clock.system(),
                    Journal.Progress.SILENT));
    store = engine.store(ShardId.SYSTEM);
    Path journalDirectory = Files.createDirectories(directory.resolve("journal"));
    journal =
        new SegmentedJournal(
            new FileDisk(journalDirectory, Clock.system()),
            Scheduler.threads(),
            Clock.system(),
            JournalOptions.DEFAULT);
  }

  @Override
  public String name() {
    return "DistDB engine";
  }

  @Override
  public void load(long rows) {
    apply(new WriteBatch().createIndex(ROWS, IndexKind.BTREE));
    for (long id = 0; id < rows; id += LOAD_BATCH) {
      apply(batch(id, (int) Math.min(LOAD_BATCH, rows - id)));
    }
    store.checkpoint();
    index = store.index(ROWS);
    // From here on, every write goes through the log.
    consensus = new SoloConsensus(new NodeId("bench"), Optional.of(journal), Scheduler.threads());
    group = consensus.open(ShardId.SYSTEM, new StoreMachine(store));
    consensus.start(Journal.Progress.SILENT);
  }

  private void apply(WriteBatch batch) {
    store.apply(new LogPosition(1, store.applied().index() + 1), batch);
  }

  private WriteBatch batch(long from, int count) {
    WriteBatch batch = new WriteBatch(count).at(++timestamp);
    for (long id = from; id < from + count; id++) {
      batch.put(ROWS, Bytes.wrap(KeyValueSide.key(id)), Bytes.wrap(KeyValueSide.row(id)));
    }
    return batch;
  }

  @Override
  public int get(long id) {
    return index.get(Bytes.wrap(KeyValueSide.key(id)), Timestamp.LATEST).length();
  }

  @Override
  public long scan(long from, int count) {
    long sum = 0;
    KeyRange range = new KeyRange(Bytes.wrap(KeyValueSide.key(from)), null);
    try (IndexCursor cursor = index.range(range, Direction.FORWARD, Timestamp.LATEST)) {
      int rows = cursor.next(block);
      for (int i = 0; i < Math.min(rows, count); i++) {
        sum += block.keyEnd(i) - block.keyStart(i) + block.valueArray(i).length;
      }
    }
    return sum;
  }

  @Override
  public void writeForced(long from, int count) {
    group.propose(group.leadingTerm(), new Commit(batch(from, count)));
  }

  @Override
  public void close() {
    consensus.close();
    journal.close();
    engine.close();
  }

  private record Commit(WriteBatch batch) implements Command {
    @Override
    public int encodedSize() {
      return batch.encodedSize();
    }

    @Override
    public void encode(ByteBuffer target) {
      batch.encode(target);
    }
  }

  /** Applies batches, and nothing else. */
  private record StoreMachine(Store store) implements StateMachine {
    @Override
    public LogPosition applied() {
      return store.applied();
    }

    @Override
    public Object apply(LogPosition position, Command command) {
      store.apply(position, ((Commit) command).batch());
      return position;
    }

    @Override
    public Command decode(Bytes payload) {
      return new Commit(WriteBatch.decode(ByteBuffer.wrap(payload.array())));
    }

    @Override
    public LogPosition exportSnapshot(Consumer<ByteBuffer> sink) {
      return store.export(sink);
    }

    @Override
    public void installSnapshot(LogPosition position, Iterable<ByteBuffer> chunks) {
      store.restore(chunks);
    }

    @Override
    public void leading(long term) {}

    @Override
    public void following(long term) {}
  }
}

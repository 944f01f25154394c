// SPDX-License-Identifier: MIT
package io.distdb.bench.txn;

import io.distdb.api.Bytes;
import io.distdb.api.NodeId;
import io.distdb.api.ShardId;
import io.distdb.api.TableId;
import io.distdb.api.Timestamp;
import io.distdb.api.index.Index;
import io.distdb.api.index.IndexId;
import io.distdb.api.index.IndexKind;
import io.distdb.api.journal.Journal;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.Transaction;
import io.distdb.api.txn.TransactionManager;
import io.distdb.api.txn.TransactionOptions;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.raft.solo.SoloConsensus;
import io.distdb.sharding.txn.ShardTransactionManager;
import io.distdb.sharding.txn.TransactionLimits;
import io.distdb.storage.memory.MemoryOptions;
import io.distdb.storage.memory.MemoryStorageEngine;
import java.nio.ByteBuffer;
import java.util.Optional;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claims, without a journal: a transaction that reads one key costs 100 to 150 ns on top of the
 * index ({@link #readOne} less {@link #indexAlone}); one that updates a key takes under 1 us.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 5, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class TransactionBenchmark {
  private static final int ROWS = 1 << 16;
  private static final TableId TABLE = new TableId(1);

  private final Bytes[] keys = new Bytes[ROWS];
  private final Bytes value = Bytes.wrap(new byte[60]);
  private MemoryStorageEngine engine;
  private SoloConsensus consensus;
  private TransactionManager manager;
  private IndexId id;
  private Index index;

  /** Where a thread is among the keys. */
  @State(Scope.Thread)
  public static class Place {
    private int next;

    private int move() {
      next = next + 40_503 & ROWS - 1;
      return next;
    }
  }

  @Setup
  public void open() {
    Scheduler scheduler = Scheduler.threads();
    engine =
        MemoryStorageEngine.open(
            Optional.empty(),
            new MemoryOptions(1L << 30),
            scheduler,
            Clock.system(),
            Journal.Progress.SILENT);
    consensus = new SoloConsensus(new NodeId("bench"), Optional.empty(), scheduler);
    manager =
        ShardTransactionManager.open(
            engine.store(ShardId.SYSTEM),
            consensus,
            scheduler,
            Clock.system(),
            TransactionLimits.forBudget(1L << 30));
    consensus.start(Journal.Progress.SILENT);
    id = manager.newIndexId();
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      transaction.createIndex(id, IndexKind.BTREE);
      for (int i = 0; i < ROWS; i++) {
        keys[i] = Bytes.wrap(ByteBuffer.allocate(8).putLong(i * 31L).array());
        transaction.put(id, keys[i], value);
      }
      transaction.commit();
    }
    index = engine.store(ShardId.SYSTEM).index(id);
  }

  @TearDown
  public void close() {
    manager.close();
    consensus.close();
    engine.close();
  }

  /** The index, and no transaction. */
  @Benchmark
  public Bytes indexAlone(Place place) {
    return index.get(keys[place.move()], Timestamp.LATEST - 1);
  }

  /** Begin, get, commit. */
  @Benchmark
  public Bytes readOne(Place place) {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      Bytes found = transaction.get(id, keys[place.move()]);
      transaction.commit();
      return found;
    }
  }

  /** Begin, lock table and row, put, commit. */
  @Benchmark
  public long updateOne(Place place) {
    try (Transaction transaction = manager.begin(TransactionOptions.DEFAULT)) {
      Bytes key = keys[place.move()];
      transaction.lockTable(TABLE, LockStrength.SHARED, Timestamp.NONE);
      transaction.lock(id, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT);
      transaction.put(id, key, value);
      return transaction.commit();
    }
  }
}

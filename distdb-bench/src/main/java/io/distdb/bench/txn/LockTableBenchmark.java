// SPDX-License-Identifier: MIT
package io.distdb.bench.txn;

import io.distdb.api.Bytes;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.api.txn.LockStrength;
import io.distdb.api.txn.WaitPolicy;
import io.distdb.sharding.lock.LockAnswer;
import io.distdb.sharding.lock.LockClient;
import io.distdb.sharding.lock.LockOwner;
import io.distdb.sharding.lock.LockTable;
import java.nio.ByteBuffer;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Claim: an uncontended exclusive lock and its release cost under 150 ns and 100 bytes. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@State(Scope.Benchmark)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(1)
public class LockTableBenchmark {
  private static final int KEYS = 1 << 16;

  private final LockTable table = new LockTable(Clock.system());

  /** A thread's own keys. */
  @State(Scope.Thread)
  public static class Session implements LockClient {
    private final Waiter waiter = Scheduler.threads().newWaiter();
    private final LockOwner owner = new LockOwner(this, 1);
    private final Bytes[] keys = new Bytes[KEYS];
    private int next;

    public Session() {
      long thread = Thread.currentThread().threadId();
      for (int i = 0; i < KEYS; i++) {
        keys[i] = Bytes.wrap(ByteBuffer.allocate(16).putLong(thread).putLong(i).array());
      }
    }

    @Override
    public Waiter waiter() {
      return waiter;
    }

    @Override
    public void checkWait() {
      // Nobody cancels.
    }
  }

  /** One lock, one release. */
  @Benchmark
  public LockAnswer lockAndRelease(Session session) {
    Bytes key = session.keys[session.next++ & KEYS - 1];
    LockAnswer answer =
        table.lock(session.owner, 7, key, LockStrength.EXCLUSIVE, WaitPolicy.WAIT, 0);
    table.releaseAll(session.owner);
    return answer;
  }
}

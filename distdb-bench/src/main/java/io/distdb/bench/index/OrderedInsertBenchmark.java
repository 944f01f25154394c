// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Level;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claim: a B+tree insert takes at most half the time of ConcurrentSkipListMap's. Measured over the
 * {@value #INSERTS} inserts that come after {@code entries} others, so at that size.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 0)
@Measurement(iterations = 1)
public class OrderedInsertBenchmark {
  private static final int INSERTS = 1_000_000;

  @Param public OrderedSide.Name side;
  @Param public BenchKeys keys;

  @Param({"1000000", "10000000"})
  public int entries;

  private OrderedSide map;
  private final byte[] value = new byte[8];

  @Setup(Level.Iteration)
  public void fill() {
    map = OrderedSide.of(side);
    map.fill(keys, entries, value);
    System.gc();
  }

  @Benchmark
  @OperationsPerInvocation(INSERTS)
  public Object insert() {
    for (int i = 0; i < INSERTS; i++) {
      map.put(keys.key(entries + i), value);
    }
    return map;
  }
}

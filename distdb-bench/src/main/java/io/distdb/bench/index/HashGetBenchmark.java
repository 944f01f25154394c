// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Claim: a hash index's get takes at most twice the time of ConcurrentHashMap's. Both are probed
 * with the same new keys, see {@link HashSide}.
 */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class HashGetBenchmark {
  /** The two maps. */
  public enum Side {
    HASH,
    HASHMAP
  }

  @Param public Side side;

  @Param({"1000000", "10000000"})
  public int entries;

  private HashSide map;
  private long draw;

  @Setup
  public void fill() {
    map = HashSide.of(side == Side.HASH);
    byte[] value = new byte[8];
    for (int i = 0; i < entries; i++) {
      map.put(HashSide.key(i), value);
    }
    System.gc();
  }

  @Benchmark
  public Object get() {
    return map.get(HashSide.key(BenchKeys.below(draw++, entries)));
  }
}

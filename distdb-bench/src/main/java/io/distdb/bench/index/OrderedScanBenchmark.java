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

/** Claim: a B+tree's scan of 100 entries takes at most half the time of ConcurrentSkipListMap's. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 3, time = 1)
public class OrderedScanBenchmark {
  private static final int LENGTH = 100;

  @Param public OrderedSide.Name side;
  @Param public BenchKeys keys;

  @Param({"1000000", "10000000"})
  public int entries;

  private OrderedSide map;
  private long draw;

  @Setup
  public void fill() {
    map = OrderedSide.of(side);
    map.fill(keys, entries, new byte[8]);
    System.gc();
  }

  @Benchmark
  public int scan() {
    return map.scan(keys.key(BenchKeys.below(draw++, entries - LENGTH)), LENGTH);
  }
}

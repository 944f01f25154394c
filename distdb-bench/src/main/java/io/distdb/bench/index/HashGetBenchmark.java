// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import io.distdb.api.Bytes;
import io.distdb.api.Timestamp;
import io.distdb.api.index.HashKey;
import io.distdb.api.index.IndexId;
import io.distdb.storage.memory.index.HashIndex;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentMap;
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
 * with the same new {@link Bytes} in the layout of {@link HashKey}: a 16-byte hashed part, an
 * 8-byte rest.
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

  private final HashIndex index = new HashIndex(new IndexId(1));
  private final ConcurrentMap<Bytes, byte[]> map = new ConcurrentHashMap<>();
  private long draw;

  @Setup
  public void fill() {
    byte[] value = new byte[8];
    for (int i = 0; i < entries; i++) {
      if (side == Side.HASH) {
        index.put(key(i).array(), value, i + 1);
      } else {
        map.put(key(i), value);
      }
    }
    System.gc();
  }

  private static Bytes key(long number) {
    byte[] key = new byte[26];
    byte[] hashed = BenchKeys.RANDOM.key(number);
    key[1] = 16;
    System.arraycopy(hashed, 0, key, 2, 16);
    System.arraycopy(hashed, 4, key, 18, 8);
    return Bytes.wrap(key);
  }

  @Benchmark
  public Object get() {
    Bytes key = key(BenchKeys.below(draw++, entries));
    return side == Side.HASH ? index.get(key, Timestamp.LATEST).array() : map.get(key);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import io.distdb.api.index.IndexId;
import io.distdb.storage.memory.index.BTreeIndex;
import io.distdb.storage.memory.index.VersionedIndex;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/** Claim: a B+tree is built from sorted rows at 2 million a second or more. */
@State(Scope.Benchmark)
@BenchmarkMode(Mode.SingleShotTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Fork(value = 1, jvmArgsAppend = "-Xmx6g")
@Warmup(iterations = 3)
@Measurement(iterations = 5)
public class BulkLoadBenchmark {
  private static final int ROWS = 1_000_000;

  private final byte[] value = new byte[8];

  @Benchmark
  @OperationsPerInvocation(ROWS)
  public VersionedIndex load() {
    VersionedIndex.Loader loader = BTreeIndex.loader(new IndexId(1));
    for (int i = 0; i < ROWS; i++) {
      loader.add(BenchKeys.ASCENDING.key(i), value, 1);
    }
    return loader.finish();
  }
}

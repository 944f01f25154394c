// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One side of one round, in a JVM of its own: fills an ordered map, then measures it. Arguments:
 * side, keys, entries, milliseconds a case. Prints {@link IndexBench#CASES} in order, in
 * nanoseconds, the last in bytes.
 */
public final class IndexProcess {
  private static final int SCAN_LENGTH = 100;
  private static final int INSERTS = 1_000_000;

  private final OrderedSide map;
  private final BenchKeys keys;
  private final int entries;
  private final long caseNanos;
  private final byte[] value = new byte[8];

  /** Keeps results alive; printed at the end to standard error. */
  private long sink;

  private long draw;

  private IndexProcess(String[] arguments) {
    map = OrderedSide.of(OrderedSide.Name.valueOf(arguments[0]));
    keys = BenchKeys.valueOf(arguments[1]);
    entries = Integer.parseInt(arguments[2]);
    caseNanos = Long.parseLong(arguments[3]) * 1_000_000;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    IndexProcess process = new IndexProcess(arguments);
    out.println(process.measure());
    System.err.println("sink " + process.sink);
  }

  private String measure() {
    long before = usedHeapBytes();
    map.fill(keys, entries, value);
    double bytesPerEntry = (double) (usedHeapBytes() - before) / entries;
    double get = nanosPerCall(this::get);
    double scan = nanosPerCall(this::scan);
    long start = System.nanoTime();
    for (int i = 0; i < INSERTS; i++) {
      map.put(keys.key(entries + i), value);
    }
    double insert = (double) (System.nanoTime() - start) / INSERTS;
    return String.format(Locale.ROOT, "%.1f %.1f %.1f %.1f", get, scan, insert, bytesPerEntry);
  }

  private void get() {
    sink += map.get(keys.key(BenchKeys.below(draw++, entries))).length;
  }

  private void scan() {
    byte[] from = keys.key(BenchKeys.below(draw++, entries - SCAN_LENGTH));
    sink += map.scan(from, SCAN_LENGTH);
  }

  /** Half the time to warm up, then the measurement. */
  private double nanosPerCall(Runnable call) {
    run(call, caseNanos / 2);
    return run(call, caseNanos);
  }

  private static double run(Runnable call, long nanos) {
    long start = System.nanoTime();
    long calls = 0;
    long passed;
    do {
      for (int i = 0; i < 1_000; i++) {
        call.run();
      }
      calls += 1_000;
      passed = System.nanoTime() - start;
    } while (passed < nanos);
    return (double) passed / calls;
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

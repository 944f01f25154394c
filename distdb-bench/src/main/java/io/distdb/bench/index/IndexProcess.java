// SPDX-License-Identifier: MIT
package io.distdb.bench.index;

import com.sun.management.OperatingSystemMXBean;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.Locale;

/**
 * One side of one round, in a JVM of its own: fills an index or map, then measures it, with a
 * collection before each case. Times are CPU times of the whole process: what other processes take
 * does not count, what the collector of this one takes does. Arguments: comparison, whether ours,
 * entries, milliseconds a case. Prints the cases of {@link IndexBench.Comparison} in order, in
 * nanoseconds, the last in bytes.
 */
public final class IndexProcess {
  private static final int SCAN_LENGTH = 100;
  private static final int INSERTS = 1_000_000;

  /** Smaller maps filled before inserts are measured once more, so that they are compiled. */
  private static final int WARM_UP_MAPS = 5;

  private static final OperatingSystemMXBean SYSTEM =
      ManagementFactory.getPlatformMXBean(OperatingSystemMXBean.class);

  private final int entries;
  private final long caseNanos;
  private final byte[] value = new byte[8];

  /** Where a scan keeps what it found. */
  private final Object[] kept = new Object[2 * SCAN_LENGTH];

  /** Keeps results alive; printed at the end to standard error. */
  private long sink;

  private long draw;

  private IndexProcess(int entries, int millis) {
    this.entries = entries;
    this.caseNanos = millis * 1_000_000L;
  }

  public static void main(String[] arguments) {
    PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
    boolean own = Boolean.parseBoolean(arguments[1]);
    IndexProcess process =
        new IndexProcess(Integer.parseInt(arguments[2]), Integer.parseInt(arguments[3]));
    OrderedSide.Name side = own ? OrderedSide.Name.BTREE : OrderedSide.Name.SKIPLIST;
    out.println(
        switch (IndexBench.Comparison.valueOf(arguments[0])) {
          case RANDOM -> process.ordered(side, BenchKeys.RANDOM);
          case ASCENDING -> process.ordered(side, BenchKeys.ASCENDING);
          case HASH -> process.hash(HashSide.of(own));
        });
    System.err.println("sink " + process.sink);
  }

  private String ordered(OrderedSide.Name side, BenchKeys keys) {
    OrderedSide map = OrderedSide.of(side);
    long before = usedHeapBytes();
    map.fill(keys, entries, value);
    double bytes = (double) (usedHeapBytes() - before) / entries;
    double get = nanosPerCall(() -> sink += map.get(keys.key(next(entries))).length);
    int starts = entries - SCAN_LENGTH;
    double read = nanosPerCall(() -> sink += map.scan(keys.key(next(starts)), SCAN_LENGTH));
    double keep = nanosPerCall(() -> sink += map.keep(keys.key(next(starts)), kept));
    double block = nanosPerCall(() -> sink += map.block(keys.key(next(starts)), kept));
    double insert = insertNanos(map, keys, entries);
    for (int i = 0; i < WARM_UP_MAPS; i++) {
      OrderedSide other = OrderedSide.of(side);
      other.fill(keys, INSERTS, value);
      sink += other.get(keys.key(i)).length;
    }
    double warm = insertNanos(map, keys, entries + INSERTS);
    return String.format(
        Locale.ROOT,
        "%.1f %.1f %.1f %.1f %.1f %.1f %.1f",
        get,
        read,
        keep,
        block,
        insert,
        warm,
        bytes);
  }

  private double insertNanos(OrderedSide map, BenchKeys keys, int first) {
    System.gc();
    long start = cpuNanos();
    for (int i = 0; i < INSERTS; i++) {
      map.put(keys.key(first + i), value);
    }
    return (double) (cpuNanos() - start) / INSERTS;
  }

  private String hash(HashSide map) {
    long before = usedHeapBytes();
    for (int i = 0; i < entries; i++) {
      map.put(HashSide.key(i), value);
    }
    double bytes = (double) (usedHeapBytes() - before) / entries;
    double get = nanosPerCall(() -> sink += map.get(HashSide.key(next(entries))).length);
    System.gc();
    long start = cpuNanos();
    for (int i = 0; i < INSERTS; i++) {
      map.put(HashSide.key(entries + i), value);
    }
    double put = (double) (cpuNanos() - start) / INSERTS;
    return String.format(Locale.ROOT, "%.1f %.1f %.1f", get, put, bytes);
  }

  private long next(int bound) {
    return BenchKeys.below(draw++, bound);
  }

  /** Half the time to warm up, then the measurement. */
  private double nanosPerCall(Runnable call) {
    System.gc();
    run(call, caseNanos / 2);
    return run(call, caseNanos);
  }

  private static double run(Runnable call, long nanos) {
    long start = cpuNanos();
    long calls = 0;
    long passed;
    do {
      for (int i = 0; i < 1_000; i++) {
        call.run();
      }
      calls += 1_000;
      passed = cpuNanos() - start;
    } while (passed < nanos);
    return (double) passed / calls;
  }

  /** Of this process, its collector and compiler included. */
  private static long cpuNanos() {
    return SYSTEM.getProcessCpuTime();
  }

  private static long usedHeapBytes() {
    for (int i = 0; i < 3; i++) {
      System.gc();
    }
    return ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed();
  }
}

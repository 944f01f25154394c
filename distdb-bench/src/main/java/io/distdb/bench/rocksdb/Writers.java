// SPDX-License-Identifier: MIT
package io.distdb.bench.rocksdb;

import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;

/** Threads that write rows one by one, each durable before the next. */
final class Writers {
  private Writers() {}

  /** Who writes. */
  interface Side {
    String name();

    /** Writes one new row; durable when it returns. For many threads. */
    Row newWriter();
  }

  /** One thread's. */
  @FunctionalInterface
  interface Row {
    void write() throws Exception;
  }

  static double perSecond(Side side, int threads, long millis) throws Exception {
    LongAdder rows = new LongAdder();
    AtomicReference<Exception> failure = new AtomicReference<>();
    long begin = System.nanoTime();
    long end = begin + millis * 1_000_000;
    Thread[] running = new Thread[threads];
    for (int i = 0; i < threads; i++) {
      Row row = side.newWriter();
      running[i] =
          Thread.ofPlatform().name("writer-" + i).start(() -> write(row, end, rows, failure));
    }
    for (Thread thread : running) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return rows.sum() * 1e9 / (System.nanoTime() - begin);
  }

  private static void write(Row row, long end, LongAdder rows, AtomicReference<Exception> failure) {
    try {
      do {
        row.write();
        rows.increment();
      } while (System.nanoTime() < end);
    } catch (Exception failed) {
      failure.compareAndSet(null, failed);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.journal;

import io.distdb.api.journal.Durability;
import java.io.IOException;
import java.io.PrintStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicReference;
import java.util.concurrent.atomic.LongAdder;
import java.util.stream.Stream;

/**
 * Durable writes of 100 bytes per second, with 1, 16 and 64 threads: each side for a moment, in
 * turns, so that a slow moment of the disk meets all of them. Prints markdown.
 */
public final class JournalBench {
  private static final int RECORD_BYTES = 100;

  private final PrintStream out;
  private final int rounds;
  private final long millis;

  public JournalBench(PrintStream out, int rounds, long millis) {
    this.out = out;
    this.rounds = rounds;
    this.millis = millis;
  }

  /** Runs everything in a directory below the working directory, which it removes afterwards. */
  public void run() throws Exception {
    Path directory = Files.createTempDirectory(Path.of("").toAbsolutePath(), "journal-bench-");
    try {
      out.printf(
          "%n| writes of %d bytes a second, median of %d rounds (lowest to highest) | threads |"
              + " writes/s |%n|---|--:|--:|%n",
          RECORD_BYTES, rounds);
      for (int threads : new int[] {1, 16, 64}) {
        durable(Files.createDirectory(directory.resolve("durable-" + threads)), threads);
      }
      unforced(Files.createDirectory(directory.resolve("unforced")), 1);
    } finally {
      remove(directory);
    }
  }

  private void durable(Path directory, int threads) throws Exception {
    try (Side loop = new BareLoop(directory);
        Side bare = new BareGroupCommit(directory);
        Side journal = new JournalSide(directory, Durability.SYNC);
        Side solo = SoloSide.durable(directory, Durability.SYNC);
        Side rocks = new RocksSide(directory)) {
      measure(List.of(loop, bare, journal, solo, rocks), threads);
    }
  }

  private void unforced(Path directory, int threads) throws Exception {
    try (Side journal = new JournalSide(directory, Durability.NONE);
        Side solo = SoloSide.durable(directory, Durability.NONE);
        Side memory = SoloSide.inMemory()) {
      measure(List.of(journal, solo, memory), threads);
    }
  }

  private void measure(List<Side> all, int threads) throws Exception {
    List<Side> sides = all.stream().filter(side -> threads == 1 || !side.isForOneThread()).toList();
    for (Side side : sides) {
      writesPerSecond(side, threads, 2 * millis);
    }
    double[][] figures = new double[sides.size()][rounds];
    for (int round = 0; round < rounds; round++) {
      for (int i = 0; i < sides.size(); i++) {
        figures[i][round] = writesPerSecond(sides.get(i), threads, millis);
      }
    }
    for (int i = 0; i < sides.size(); i++) {
      Arrays.sort(figures[i]);
      out.printf(
          "| %s | %d | %,.0f (%,.0f to %,.0f) |%n",
          sides.get(i).name(),
          threads,
          figures[i][rounds / 2],
          figures[i][0],
          figures[i][rounds - 1]);
    }
  }

  private static double writesPerSecond(Side side, int threads, long millis) throws Exception {
    LongAdder written = new LongAdder();
    AtomicReference<Exception> failure = new AtomicReference<>();
    CountDownLatch begin = new CountDownLatch(1);
    long[] deadline = new long[1];
    List<Thread> running = new ArrayList<>();
    for (int t = 0; t < threads; t++) {
      running.add(
          Thread.ofPlatform()
              .start(() -> {
                try {
                  begin.await();
                  written.add(writeUntil(side, deadline[0]));
                } catch (Exception cause) {
                  failure.set(cause);
                }
              }));
    }
    long start = System.nanoTime();
    deadline[0] = start + millis * 1_000_000;
    begin.countDown();
    for (Thread thread : running) {
      thread.join();
    }
    if (failure.get() != null) {
      throw failure.get();
    }
    return written.sum() * 1e9 / (System.nanoTime() - start);
  }

  private static long writeUntil(Side side, long deadline) throws Exception {
    byte[] record = new byte[RECORD_BYTES];
    long count = 0;
    do {
      side.write(record);
      count++;
    } while (System.nanoTime() - deadline < 0);
    return count;
  }

  private static void remove(Path directory) throws IOException {
    try (Stream<Path> tree = Files.walk(directory)) {
      tree.sorted(Comparator.reverseOrder())
          .forEach(path -> {
            try {
              Files.delete(path);
            } catch (IOException failure) {
              throw new UncheckedIOException(failure);
            }
          });
    }
  }
}

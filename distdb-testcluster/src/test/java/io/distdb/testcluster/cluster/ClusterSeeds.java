// SPDX-License-Identifier: MIT
package io.distdb.testcluster.cluster;

import io.distdb.testkit.simulation.SeedRunner;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Many seeds, on all processors: worlds share nothing, and each of them has its own baton.
 *
 * @param summary of all of them
 * @param hashes of the traces of those seeds that are to be run again
 */
record ClusterSeeds(ClusterSummary summary, Map<Long, Long> hashes) {
  /** Of so many seeds one runs in another JVM too. */
  static final int AGAIN_EVERY = 100;

  /**
   * @throws AssertionError the seed that failed, and how to run it again
   */
  static ClusterSeeds run(SeedRunner runner, long first, long count) throws InterruptedException {
    AtomicReference<ClusterSummary> sum = new AtomicReference<>(ClusterSummary.NOTHING);
    Map<Long, Long> hashes = new TreeMap<>();
    AtomicLong next = new AtomicLong(first);
    int workers = Runtime.getRuntime().availableProcessors();
    List<Future<?>> done = new ArrayList<>();
    try (ExecutorService pool = Executors.newFixedThreadPool(workers)) {
      for (int worker = 0; worker < workers; worker++) {
        done.add(
            pool.submit(() -> {
              for (long seed = next.getAndIncrement();
                  seed < first + count;
                  seed = next.getAndIncrement()) {
                one(runner, seed, sum, hashes, next, first + count);
              }
            }));
      }
      for (Future<?> worker : done) {
        worker.get();
      }
    } catch (ExecutionException failed) {
      throw new AssertionError(failed.getCause().getMessage(), failed.getCause());
    }
    return new ClusterSeeds(sum.get(), hashes);
  }

  /** Plays so many seeds from one on, and says what came of it. */
  public static void main(String[] firstAndCount) throws InterruptedException {
    long begun = System.nanoTime();
    try (QuietLog quiet = new QuietLog()) {
      SeedRunner runner = SeedRunner.of(ClusterSimulationTest.class, ClusterSimulationTest.NAME);
      long first = Long.parseLong(firstAndCount[0]);
      ClusterSummary summary = run(runner, first, Long.parseLong(firstAndCount[1])).summary();
      System.out.println(summary.text(System.nanoTime() - begun));
    }
  }

  private static void one(
      SeedRunner runner,
      long seed,
      AtomicReference<ClusterSummary> sum,
      Map<Long, Long> hashes,
      AtomicLong next,
      long end) {
    try {
      long hash = runner.runOnce(seed, each -> play(each, sum));
      if (seed % AGAIN_EVERY == 0) {
        synchronized (hashes) {
          hashes.put(seed, hash);
        }
      }
    } catch (AssertionError failure) {
      next.set(end);
      throw failure;
    }
  }

  private static long play(long seed, AtomicReference<ClusterSummary> sum) {
    try (ClusterSimulation simulation = new ClusterSimulation(seed, Planted.NOTHING)) {
      ClusterSummary mine = simulation.run();
      sum.updateAndGet(all -> all.and(mine));
      return simulation.traceHash();
    }
  }
}

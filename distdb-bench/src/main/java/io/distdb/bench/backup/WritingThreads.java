// SPDX-License-Identifier: MIT
package io.distdb.bench.backup;

import io.distdb.client.Client;
import io.distdb.client.PreparedStatement;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.concurrent.atomic.LongAdder;

/** Threads that update rows at random until they are closed. */
final class WritingThreads implements AutoCloseable {
  private final LongAdder commits = new LongAdder();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean done;
  private volatile Throwable failure;

  WritingThreads(Client client, int count, long rows) {
    for (int i = 0; i < count; i++) {
      SplittableRandom random = new SplittableRandom(i);
      threads.add(Thread.ofPlatform().name("writer-" + i).start(() -> write(client, random, rows)));
    }
  }

  private void write(Client client, SplittableRandom random, long rows) {
    PreparedStatement update =
        client.prepare("UPDATE item SET quantity = quantity + 1 WHERE id = $1");
    try {
      while (!done) {
        update.execute(random.nextLong(rows));
        commits.increment();
      }
    } catch (RuntimeException | Error thrown) {
      failure = thrown;
    }
  }

  /** Commits a second within the next {@code millis}. */
  double window(long millis) throws InterruptedException {
    long before = commits.sum();
    long began = System.nanoTime();
    Thread.sleep(millis);
    double seconds = (System.nanoTime() - began) / 1e9;
    if (failure != null) {
      throw new IllegalStateException("a writer failed", failure);
    }
    return (commits.sum() - before) / seconds;
  }

  @Override
  public void close() throws InterruptedException {
    done = true;
    for (Thread thread : threads) {
      thread.join();
    }
  }
}

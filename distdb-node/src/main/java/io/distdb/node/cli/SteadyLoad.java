// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.time.Clock;
import io.distdb.api.time.Scheduler;
import io.distdb.api.time.Waiter;
import io.distdb.client.Client;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Clients that insert rows at a steady pace, each a transaction of its own. A row that is refused,
 * or of which nobody knows whether it is there, is inserted again until it is acknowledged, which
 * its key makes harmless. Started by the constructor; owned by who closes it.
 */
final class SteadyLoad implements AutoCloseable {
  private static final long PAUSE_NANOS = 20_000_000;
  private static final String INSERT =
      "INSERT INTO ledger VALUES ($1, $2) ON CONFLICT (id) DO NOTHING";

  /**
   * An acknowledged row.
   *
   * @param begunNanos when it was first tried
   * @param acknowledgedNanos of the same clock
   */
  record Sample(long id, long begunNanos, long acknowledgedNanos) {
    long latencyNanos() {
      return acknowledgedNanos - begunNanos;
    }
  }

  private final Client client;
  private final Scheduler scheduler;
  private final Clock clock;
  private final AtomicLong nextId = new AtomicLong(1);
  private final AtomicLong repeated = new AtomicLong();
  private final Queue<String> errors = new ConcurrentLinkedQueue<>();
  private final List<Sample> samples = new ArrayList<>();
  private final List<Scheduler.Task> writers = new ArrayList<>();
  private volatile boolean stopped;

  SteadyLoad(Client client, Scheduler scheduler, Clock clock, int writers) {
    this.client = client;
    this.scheduler = scheduler;
    this.clock = clock;
    for (int i = 0; i < writers; i++) {
      this.writers.add(scheduler.start("writer " + i, this::write));
    }
  }

  /** Rows acknowledged so far, in the order of their acknowledgement. */
  List<Sample> samples() {
    synchronized (samples) {
      return List.copyOf(samples);
    }
  }

  /** How many were acknowledged that had not begun before {@code nanos}. */
  long begunSince(long nanos) {
    synchronized (samples) {
      return samples.stream().filter(sample -> sample.begunNanos() >= nanos).count();
    }
  }

  /** How many times a row was tried again. */
  long repeated() {
    return repeated.get();
  }

  /** Errors after which a client would not try again. */
  List<String> errors() {
    return List.copyOf(errors);
  }

  /** Ends the writers once their row is acknowledged, or refused once more. */
  @Override
  public void close() {
    stopped = true;
    writers.forEach(Scheduler.Task::join);
  }

  private void write() {
    Waiter pause = scheduler.newWaiter();
    while (!stopped) {
      long id = nextId.getAndIncrement();
      long begun = clock.nanoTime();
      boolean acknowledged = insert(id);
      while (!acknowledged && !stopped) {
        repeated.incrementAndGet();
        pause.await(PAUSE_NANOS);
        acknowledged = insert(id);
      }
      if (acknowledged) {
        synchronized (samples) {
          samples.add(new Sample(id, begun, clock.nanoTime()));
        }
      }
      pause.await(PAUSE_NANOS);
    }
  }

  private boolean insert(long id) {
    try {
      client.execute(INSERT, id, "row " + id);
      return true;
    } catch (DistDbException refused) {
      return switch (refused.code().retry()) {
        case TRANSACTION, ASK_FIRST -> false;
        case NEVER -> {
          errors.add(refused.code().sqlState() + ": " + refused.getMessage());
          yield false;
        }
      };
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.atomic.LongAdder;

/**
 * The child's side: one contender in a JVM of its own, told by lines on its standard input what to
 * run, answering on its standard output.
 *
 * <p>{@code run CASE THREADS MILLIS} is answered by {@code OPERATIONS NANOS}; {@code heap} by the
 * bytes used after a collection; {@code exit} ends it.
 */
public final class ContenderProcess {
  private static final long GOLDEN = 0x9e3779b97f4a7c15L;

  private final Contender contender;
  private final long rows;
  private final AtomicLong nextId;

  private ContenderProcess(Contender contender, long rows) {
    this.contender = contender;
    this.rows = rows;
    nextId = new AtomicLong(rows);
  }

  /** Arguments: contender, rows to load, an empty directory. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    long rows = Long.parseLong(arguments[1]);
    try (Contender contender = Contender.open(arguments[0], Path.of(arguments[2]))) {
      contender.load(rows);
      answers.println(contender.durability());
      new ContenderProcess(contender, rows).serve(answers);
    }
  }

  private void serve(PrintStream answers) throws IOException, InterruptedException {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "run" -> {
          Case what = Case.valueOf(words[1]);
          answers.println(run(what, Integer.parseInt(words[2]), Long.parseLong(words[3])));
        }
        case "heap" -> answers.println(usedHeapBytes());
        case "exit" -> {
          return;
        }
        default -> throw new IllegalArgumentException("no command is called " + words[0]);
      }
    }
  }

  private static long usedHeapBytes() {
    System.gc();
    Runtime runtime = Runtime.getRuntime();
    return runtime.totalMemory() - runtime.freeMemory();
  }

  private String run(Case what, int threads, long millis) throws InterruptedException {
    LongAdder operations = new LongAdder();
    Thread[] running = new Thread[threads];
    long began = System.nanoTime();
    long deadline = began + millis * 1_000_000;
    for (int i = 0; i < threads; i++) {
      long seed = began + i;
      running[i] = new Thread(() -> operations.add(work(what, seed, deadline)), "worker-" + i);
      running[i].start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return operations.sum() + " " + (System.nanoTime() - began);
  }

  /** One thread's work; an error ends the whole process, so that no figure comes out of it. */
  private long work(Case what, long seed, long deadline) {
    try (Contender.Worker worker = contender.newWorker()) {
      long operations = 0;
      long state = seed;
      do {
        for (int i = 0; i < what.operationsPerLook; i++) {
          state += GOLDEN;
          once(what, worker, Math.floorMod(Rows.mix(state), rows));
        }
        operations += what.operationsPerLook;
      } while (System.nanoTime() < deadline);
      return operations;
    } catch (Exception failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
      return 0;
    }
  }

  private void once(Case what, Contender.Worker worker, long id) throws Exception {
    switch (what) {
      case SELECT_PREPARED -> require(worker.selectPrepared(id) >= id, id);
      case SELECT_LITERAL -> require(worker.selectLiteral(id) >= id, id);
      case UPDATE -> require(worker.update(id, (int) id ^ 0x5555) == 1, id);
      case INSERT, DURABLE_INSERT -> worker.insert(nextId.getAndIncrement());
    }
  }

  private static void require(boolean condition, long id) {
    if (!condition) {
      throw new IllegalStateException("a wrong answer for row " + id);
    }
  }

  /** What is measured; the clock is looked at once in {@code operationsPerLook}. */
  enum Case {
    SELECT_PREPARED(64),
    SELECT_LITERAL(64),
    UPDATE(64),
    INSERT(64),
    DURABLE_INSERT(1);

    private final int operationsPerLook;

    Case(int operationsPerLook) {
      this.operationsPerLook = operationsPerLook;
    }
  }
}

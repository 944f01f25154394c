// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.atomic.LongAdder;

/**
 * The child's side of {@link QueryBench}: one side in a JVM of its own. {@code check CASE} is
 * answered by the digest of some fixed queries, {@code run CASE MILLIS} by {@code OPERATIONS
 * NANOS}; {@code exit} ends it.
 */
public final class QueryProcess {
  private static final int CHECKS = 20;

  private final QuerySide side;
  private final long rows;

  /** Every measurement draws other parameters. */
  private long seed;

  private QueryProcess(QuerySide side, long rows) {
    this.side = side;
    this.rows = rows;
  }

  /** Arguments: side, rows to load. */
  public static void main(String[] arguments) throws Exception {
    PrintStream answers = System.out;
    System.setOut(System.err);
    long rows = Long.parseLong(arguments[1]);
    try (QuerySide side = QuerySide.open(arguments[0])) {
      side.load(rows);
      answers.println("loaded");
      new QueryProcess(side, rows).serve(answers);
    }
  }

  private void serve(PrintStream answers) throws Exception {
    BufferedReader commands =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    for (String line = commands.readLine(); line != null; line = commands.readLine()) {
      String[] words = line.split(" ");
      switch (words[0]) {
        case "check" -> answers.println(check(QueryCase.valueOf(words[1])));
        case "run" -> answers.println(run(QueryCase.valueOf(words[1]), Long.parseLong(words[2])));
        case "exit" -> {
          return;
        }
        default -> throw new IllegalArgumentException("no command is called " + words[0]);
      }
    }
  }

  private long check(QueryCase what) throws Exception {
    long digest = 0;
    try (QuerySide.Session session = side.newSession()) {
      for (int i = 0; i < (what == QueryCase.JOIN ? 1 : CHECKS); i++) {
        digest = digest * 31 + session.query(what, what.parameters(Rows.mix(i), rows));
      }
    }
    return digest;
  }

  private String run(QueryCase what, long millis) throws InterruptedException {
    LongAdder operations = new LongAdder();
    Thread[] running = new Thread[what.threads()];
    long began = System.nanoTime();
    long deadline = began + millis * 1_000_000;
    for (int i = 0; i < running.length; i++) {
      long first = seed++ << 32;
      running[i] = new Thread(() -> operations.add(work(what, first, deadline)), "worker-" + i);
      running[i].start();
    }
    for (Thread thread : running) {
      thread.join();
    }
    return operations.sum() + " " + (System.nanoTime() - began);
  }

  /** One thread's work; an error ends the whole process, so that no figure comes out of it. */
  private long work(QueryCase what, long first, long deadline) {
    try (QuerySide.Session session = side.newSession()) {
      long done = 0;
      long digest = 0;
      do {
        long random = Rows.mix(first + done);
        if (what == QueryCase.MIXED && done % 5 == 4) {
          session.update((random >>> 1) % rows, (int) (done % 100));
        } else {
          digest += session.query(what, what.parameters(random, rows));
        }
        done++;
      } while (System.nanoTime() < deadline);
      if (digest == 0) {
        throw new IllegalStateException("no rows came");
      }
      return done;
    } catch (Exception failure) {
      failure.printStackTrace();
      Runtime.getRuntime().halt(1);
      return 0;
    }
  }
}

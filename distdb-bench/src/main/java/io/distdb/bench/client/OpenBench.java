// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import io.distdb.client.Client;
import io.distdb.client.Result;
import java.io.PrintStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;

/**
 * How long it takes to open: a directory whose process was killed by SIGKILL with all rows in the
 * journal, and an empty database in a warm JVM. And what an idle database uses.
 */
public final class OpenBench {
  private static final List<String> FLAGS = List.of("-Xmx4g", "-XX:+UseParallelGC");
  private static final int IDLE_SECONDS = 10;

  private final PrintStream out;
  private final long rows;
  private final int rounds;

  public OpenBench(PrintStream out, long rows, int rounds) {
    this.out = out;
    this.rows = rows;
    this.rounds = rounds;
  }

  public void run() throws Exception {
    out.printf("%n### Open after SIGKILL, %,d rows, nothing closed%n%n", rows);
    Path directory = Files.createTempDirectory(Path.of("."), ".bench-open-");
    Runtime.getRuntime().addShutdownHook(new Thread(() -> Directories.delete(directory)));
    try (Child loader = child("load", directory)) {
      loader.answer();
      loader.kill();
    }
    out.println("| round | open to first answer, fresh JVM | JVM start to first answer | rows |");
    out.println("|---:|---:|---:|---:|");
    for (int round = 1; round <= rounds; round++) {
      long began = System.nanoTime();
      try (Child opener = child("open", directory)) {
        String[] words = opener.answer().split(" ");
        out.printf(
            Locale.ROOT,
            "| %d | %.3f s | %.3f s | %s |%n",
            round,
            Long.parseLong(words[0]) / 1e9,
            (System.nanoTime() - began) / 1e9,
            words[1]);
        opener.kill();
      }
    }
    idle();
  }

  private void idle() throws Exception {
    out.printf("%n### Empty database in memory%n%n");
    try (Child child = child("idle", Path.of("."))) {
      String[] words = child.answer().split(" ");
      out.printf("- `Client.open()` to first answer, warm JVM: %s ms (median of 20)%n", words[0]);
      out.printf("- heap used after a collection: %,d KB%n", Long.parseLong(words[1]) >> 10);
      long before = child.processorNanos();
      child.ask("wait " + IDLE_SECONDS);
      out.printf(
          "- processor time of the whole process in %d s of idling: %d ms%n",
          IDLE_SECONDS, (child.processorNanos() - before) / 1_000_000);
    }
  }

  private Child child(String what, Path directory) throws Exception {
    return Child.start(
        what, FLAGS, OpenProcess.class, what, directory.toString(), Long.toString(rows));
  }

  static long count(Client client) {
    try (Result result = client.query("SELECT count(*) FROM item")) {
      result.next();
      return result.getLong(0);
    }
  }
}

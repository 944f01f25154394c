// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.Locale;

/** The time of {@code ./distdb sql --memory -c "select 1"}, a process after the other. */
public final class StartBench {
  /** Not counted: they build what is stale, and write the archive of classes. */
  private static final int WARM_UPS = 2;

  /** Counted, to each of the rounds that other tables have. */
  private static final int PER_ROUND = 4;

  private final PrintStream out;
  private final Path root;
  private final int starts;

  /**
   * @param root the source tree, with the launcher
   */
  public StartBench(PrintStream out, Path root, int rounds) {
    this.out = out;
    this.root = root;
    starts = rounds * PER_ROUND;
  }

  /** Prints a table of one line. */
  public void run() throws IOException, InterruptedException {
    for (int i = 0; i < WARM_UPS; i++) {
      seconds();
    }
    double[] seconds = new double[starts];
    for (int i = 0; i < starts; i++) {
      seconds[i] = seconds();
      System.err.printf(Locale.ROOT, "start %d: %.3f s%n", i, seconds[i]);
    }
    Sample sample = new Sample(seconds);
    out.printf("%n### Start of the shell, %d times, seconds%n%n", starts);
    out.println("| command | median | min | max |");
    out.println("|---|---:|---:|---:|");
    out.printf(
        Locale.ROOT,
        "| `./distdb sql --memory -c \"select 1\"` | %.3f | %.3f | %.3f |%n",
        sample.median(),
        sample.least(),
        sample.most());
  }

  private double seconds() throws IOException, InterruptedException {
    long began = System.nanoTime();
    Process process =
        new ProcessBuilder(
                root.resolve("distdb").toString(), "sql", "--memory", "-t", "-c", "select 1")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    process.getOutputStream().close();
    String answer =
        new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8).strip();
    int code = process.waitFor();
    if (code != 0 || !answer.equals("1")) {
      throw new IllegalStateException("exit code " + code + ", answer \"" + answer + "\"");
    }
    return (System.nanoTime() - began) / 1e9;
  }
}

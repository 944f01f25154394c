// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.time.Clock;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.Locale;

/** Tells the demo's story: headings, statements with results and times, checks that are counted. */
final class Narrator {
  private final PrintWriter out;
  private final Clock clock;
  private int chapter;
  private int checks;
  private int failures;

  Narrator(PrintWriter out, Clock clock) {
    this.out = out;
    this.clock = clock;
  }

  void heading(String title) {
    chapter++;
    out.println();
    out.println(chapter + ". " + title);
    out.println();
    out.flush();
  }

  /** A line as it is. */
  void line(String text) {
    out.println("   " + text);
    out.flush();
  }

  void say(String format, Object... arguments) {
    out.println("   " + String.format(Locale.ROOT, format, arguments));
    out.flush();
  }

  /** Shows a statement, runs it, shows what it answered and how long it took; the time in nanos. */
  long run(Session session, String sql) {
    out.println("   distdb=> " + sql + ";");
    out.flush();
    long began = clock.nanoTime();
    String answer =
        switch (session.execute(sql)) {
          case StatementResult.Command command -> command.completion();
          case StatementResult.Rows found -> {
            StringWriter text = new StringWriter();
            try (ResultRows rows = found.rows()) {
              new TablePrinter(new PrintWriter(text), rows, Display.DEFAULT).print(0);
            }
            yield text.toString().stripTrailing();
          }
        };
    long nanos = clock.nanoTime() - began;
    answer.lines().forEach(line -> out.println("   " + line));
    say("%s%n", Durations.timeOf(nanos));
    return nanos;
  }

  /** Runs {@code step} and tells how many rows a second that were. */
  void load(String what, long rows, Runnable step) {
    long began = clock.nanoTime();
    step.run();
    double seconds = (clock.nanoTime() - began) / 1e9;
    say("%s", what);
    say("    %,d rows in one transaction, %.2f s, %,.0f rows/s", rows, seconds, rows / seconds);
  }

  void check(String what, boolean holds) {
    checks++;
    if (!holds) {
      failures++;
    }
    say("%s  %s", holds ? "[ok]    " : "[FAILED]", what);
  }

  /** The end: whether every check holds. */
  boolean conclude() {
    out.println();
    say(failures == 0 ? "All %d checks hold." : "%2$d of %1$d checks FAILED.", checks, failures);
    return failures == 0;
  }
}

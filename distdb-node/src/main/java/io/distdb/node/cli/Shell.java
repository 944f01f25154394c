// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.api.time.Clock;
import io.distdb.sql.session.Database;
import io.distdb.sql.session.Databases;
import io.distdb.sql.session.Notice;
import io.distdb.sql.session.ResultRows;
import io.distdb.sql.session.Session;
import io.distdb.sql.session.StatementResult;
import io.distdb.sql.session.TransactionStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Locale;

/** One session with a person or a script: runs statements and backslash commands, prints. */
final class Shell {
  private static final int INCLUDE_DEPTH_MAX = 16;

  private final Databases databases;
  private final PrintWriter out;
  private final PrintWriter err;
  private final ErrorPrinter errors;
  private final MetaCommands metaCommands;
  private final Clock clock = Clock.system();
  private Database database;
  private Session session;
  private boolean timing;
  private boolean expanded;
  private boolean ended;
  private int includeDepth;

  /**
   * @param name of the database to begin with
   * @param showProgress whether long loads tell how far they are, on {@code err}
   * @throws DistDbException {@code UNDEFINED_DATABASE}
   */
  Shell(Databases databases, String name, PrintWriter out, PrintWriter err, boolean showProgress) {
    this.databases = databases;
    this.out = out;
    this.err = err;
    this.errors = new ErrorPrinter(err);
    database = databases.database(name);
    session = database.newSession();
    Describe describe = new Describe(() -> database.definitions(), out);
    this.metaCommands = new MetaCommands(this, describe, out, showProgress ? err : null);
  }

  Databases databases() {
    return databases;
  }

  String databaseName() {
    return database.name();
  }

  /**
   * Goes on in another database, with a new session.
   *
   * @throws DistDbException {@code UNDEFINED_DATABASE}: nothing has changed
   */
  void connect(String name) {
    Database next = databases.database(name);
    session.close();
    database = next;
    session = next.newSession();
  }

  Session session() {
    return session;
  }

  boolean isEnded() {
    return ended;
  }

  void quit() {
    ended = true;
  }

  boolean toggleTiming() {
    timing = !timing;
    return timing;
  }

  boolean toggleExpanded() {
    expanded = !expanded;
    return expanded;
  }

  /** psql's prompt letters: {@code *} within a transaction block, {@code !} in a failed one. */
  String prompt(char kind) {
    String mark =
        switch (session.transactionStatus()) {
          case IDLE -> "";
          case IN_TRANSACTION -> "*";
          case FAILED -> "!";
        };
    return database.name() + kind + mark + "> ";
  }

  /**
   * Runs one piece of a script.
   *
   * @param source name of the file it comes from, or empty
   * @return whether it succeeded; if not, the error is printed
   */
  boolean run(ScriptBuffer.Item item, String source) {
    String text = "";
    try {
      switch (item) {
        case ScriptBuffer.Statement statement -> {
          text = statement.text();
          execute(text);
        }
        case ScriptBuffer.Meta meta -> metaCommands.run(meta.text());
      }
      return true;
    } catch (IncludedScriptFailed printed) {
      return false;
    } catch (DistDbException failure) {
      out.flush();
      int within = failure.position() > 0 ? ErrorPrinter.lineOf(text, failure.position() - 1) : 1;
      String where = source.isEmpty() ? "" : source + ":" + (item.line() + within - 1) + ": ";
      errors.print(where, failure, text);
      return false;
    }
  }

  private void execute(String sql) {
    long began = clock.nanoTime();
    switch (session.execute(sql)) {
      case StatementResult.Command command -> {
        command.notice().ifPresent(this::printNotice);
        out.println(command.completion());
      }
      case StatementResult.Rows found -> {
        try (ResultRows rows = found.rows()) {
          new TablePrinter(out, rows).print(expanded);
        }
        found.change().ifPresent(change -> out.println(change.completion()));
      }
    }
    printTime(began);
    out.flush();
  }

  private void printNotice(Notice notice) {
    err.println(notice.severity() + ":  " + notice.message());
    err.flush();
  }

  private void printTime(long began) {
    if (timing) {
      out.println(Durations.timeOf(clock.nanoTime() - began));
    }
  }

  /**
   * Runs a whole file, up to its first error.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}, {@code IO_ERROR}
   */
  boolean runFile(Path file) {
    if (includeDepth == INCLUDE_DEPTH_MAX) {
      throw new DistDbException(
          ErrorCode.STATEMENT_TOO_COMPLEX,
          file + " is included " + INCLUDE_DEPTH_MAX + " files deep; does it include itself?");
    }
    includeDepth++;
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return runLines(lines, file.toString());
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no file " + file.toAbsolutePath(), missing);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot read " + file.toAbsolutePath() + ": " + failure, failure);
    } finally {
      includeDepth--;
    }
  }

  /** As {@link #runFile}, from an open reader. */
  boolean runLines(BufferedReader lines, String source) throws IOException {
    boolean[] good = {true};
    ScriptBuffer buffer =
        new ScriptBuffer(item -> {
          if (good[0] && !ended) {
            good[0] = run(item, source);
          }
        });
    String line = lines.readLine();
    while (line != null && good[0] && !ended) {
      buffer.line(line);
      line = lines.readLine();
    }
    if (good[0] && !ended) {
      buffer.end();
    }
    warnOfOpenBlock();
    return good[0];
  }

  private void warnOfOpenBlock() {
    if (includeDepth <= 1 && session.transactionStatus() == TransactionStatus.IN_TRANSACTION) {
      err.println("WARNING:  the script ended within a transaction block; it is rolled back");
    }
  }

  /** Runs {@code file} in the midst of other input; its error is printed where it arose. */
  void include(Path file) {
    if (!runFile(file)) {
      throw new IncludedScriptFailed();
    }
  }

  String setting(String name, boolean on) {
    return name + " is " + (on ? "on" : "off") + ".";
  }

  /** Ends the including script too; what went wrong has been printed. */
  private static final class IncludedScriptFailed extends RuntimeException {
    private static final long serialVersionUID = 1L;

    IncludedScriptFailed() {
      super("an included script failed", null, false, false);
    }
  }

  /** Times for people. */
  static final class Durations {
    private Durations() {}

    static String timeOf(long nanos) {
      return String.format(Locale.ROOT, "Time: %.3f ms", nanos / 1e6);
    }
  }
}

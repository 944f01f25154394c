// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.TransactionStatus;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.Reader;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.Deque;

/** Scripts that a shell runs, and those within them. */
final class Scripts {
  private static final int INCLUDE_DEPTH_MAX = 16;

  private final Shell shell;
  private final Deque<Path> running = new ArrayDeque<>();
  private int readers;

  Scripts(Shell shell) {
    this.shell = shell;
  }

  boolean isRunning() {
    return readers > 0;
  }

  /** A script's path, seen from the script that runs now. */
  Path beside(Path file) {
    Path script = running.peek();
    return script == null ? file : script.resolveSibling(file);
  }

  /**
   * Runs a whole file, up to its first error.
   *
   * @throws DistDbException {@code UNDEFINED_FILE}, {@code IO_ERROR}
   */
  boolean run(Path file) {
    if (running.size() == INCLUDE_DEPTH_MAX) {
      throw new DistDbException(
          ErrorCode.STATEMENT_TOO_COMPLEX,
          file + " is included " + INCLUDE_DEPTH_MAX + " files deep; does it include itself?");
    }
    running.push(file);
    try (BufferedReader lines = Files.newBufferedReader(file)) {
      return run(lines, file.toString());
    } catch (NoSuchFileException missing) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "there is no file " + file.toAbsolutePath(), missing);
    } catch (IOException failure) {
      throw new DistDbException(
          ErrorCode.IO_ERROR, "cannot read " + file.toAbsolutePath() + ": " + failure, failure);
    } finally {
      running.pop();
    }
  }

  /** As {@link #run(Path)}, from an open reader. */
  boolean run(Reader script, String source) throws IOException {
    ScriptLines lines = new ScriptLines(script);
    boolean[] good = {true};
    ScriptBuffer buffer =
        new ScriptBuffer(
            item -> {
              if (good[0] && !shell.isEnded()) {
                good[0] = shell.runAndGoOn(item, source);
              }
            },
            shell.variables()::get);
    InlineCopy.Lines around = shell.copyFrom(() -> buffer.passed(lines.next()));
    readers++;
    try {
      String line = lines.next();
      while (line != null && good[0] && !shell.isEnded()) {
        buffer.line(line);
        line = lines.next();
      }
      if (good[0] && !shell.isEnded()) {
        buffer.end();
      }
    } finally {
      readers--;
      shell.copyFrom(around);
    }
    warnOfOpenBlock();
    return good[0];
  }

  private void warnOfOpenBlock() {
    if (running.size() <= 1
        && shell.session().transactionStatus() == TransactionStatus.IN_TRANSACTION) {
      shell
          .errorOutput()
          .println("WARNING:  the script ended within a transaction block; it is rolled back");
    }
  }

  /** Runs {@code file} in the midst of other input; its error is printed where it arose. */
  void include(Path file) {
    if (!run(file)) {
      throw new IncludedScriptFailed();
    }
  }
}

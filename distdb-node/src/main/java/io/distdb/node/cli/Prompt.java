// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.nio.file.Path;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.UserInterruptException;
import org.jline.reader.impl.completer.StringsCompleter;
import org.jline.terminal.Terminal;
import org.jline.terminal.TerminalBuilder;

/** The conversation at a terminal: line editing, history, Ctrl-C. */
final class Prompt {
  private static final String[] WORDS = {
    "SELECT",
    "FROM",
    "WHERE",
    "GROUP BY",
    "ORDER BY",
    "LIMIT",
    "OFFSET",
    "JOIN",
    "ON",
    "INSERT INTO",
    "VALUES",
    "UPDATE",
    "SET",
    "DELETE FROM",
    "CREATE TABLE",
    "CREATE INDEX",
    "DROP TABLE",
    "DROP INDEX",
    "PRIMARY KEY",
    "NOT NULL",
    "INTEGER",
    "BIGINT",
    "TEXT",
    "BOOLEAN",
    "DOUBLE PRECISION",
    "BEGIN",
    "COMMIT",
    "ROLLBACK",
    "SAVEPOINT",
    "EXPLAIN",
    "count(*)",
    "sum(",
    "min(",
    "max(",
    "\\copy",
    "\\timing",
    "\\dt",
    "\\d",
    "\\q",
    "\\x",
    "\\i"
  };

  private final Shell shell;

  Prompt(Shell shell) {
    this.shell = shell;
  }

  /** Returns when the user leaves. */
  void run() throws IOException {
    try (Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      terminal.handle(Terminal.Signal.INT, signal -> shell.session().cancel());
      LineReader reader =
          LineReaderBuilder.builder()
              .terminal(terminal)
              .appName("distdb")
              .completer(new StringsCompleter(WORDS))
              .variable(
                  LineReader.HISTORY_FILE,
                  Path.of(System.getProperty("user.home"), ".distdb_history"))
              .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
              .build();
      converse(reader);
    }
  }

  private void converse(LineReader reader) {
    ScriptBuffer buffer = new ScriptBuffer(item -> shell.run(item, ""));
    while (!shell.isEnded()) {
      try {
        buffer.line(reader.readLine(shell.prompt(buffer.prompt())));
      } catch (UserInterruptException forget) {
        buffer.reset();
      } catch (EndOfFileException left) {
        shell.quit();
      }
    }
  }
}

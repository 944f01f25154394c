// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.sql.session.Session;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import org.jline.reader.Candidate;
import org.jline.reader.EndOfFileException;
import org.jline.reader.LineReader;
import org.jline.reader.LineReaderBuilder;
import org.jline.reader.ParsedLine;
import org.jline.reader.UserInterruptException;
import org.jline.terminal.TerminalBuilder;

/** The conversation at a terminal: line editing, history, completion, Ctrl-C. */
final class Prompt {
  private final Shell shell;
  private final ScriptBuffer buffer;

  Prompt(Shell shell) {
    this.shell = shell;
    buffer = new ScriptBuffer(item -> shell.run(item, ""), shell.variables()::get);
  }

  /** Returns when the user leaves. */
  void run() throws IOException {
    try (org.jline.terminal.Terminal terminal = TerminalBuilder.builder().system(true).build()) {
      run(terminal, Path.of(System.getProperty("user.home"), ".distdb_history"));
    }
  }

  /** As {@link #run()}, at a terminal that the caller closes. */
  void run(org.jline.terminal.Terminal terminal, Path history) {
    terminal.handle(org.jline.terminal.Terminal.Signal.INT, signal -> shell.session().cancel());
    LineReader reader =
        LineReaderBuilder.builder()
            .terminal(terminal)
            .appName("distdb")
            .parser(WordAtCursor::parse)
            .completer((line, parsed, candidates) -> complete(parsed, candidates))
            .variable(LineReader.HISTORY_FILE, history)
            .option(LineReader.Option.DISABLE_EVENT_EXPANSION, true)
            .option(LineReader.Option.CASE_INSENSITIVE, true)
            .build();
    shell.onTerminal(new AtPrompt(terminal, reader, buffer));
    shell.copyFrom(() -> dataLine(reader));
    converse(reader);
  }

  private static String dataLine(LineReader reader) {
    try {
      return reader.readLine(">> ");
    } catch (EndOfFileException end) {
      return null;
    }
  }

  private void complete(ParsedLine line, List<Candidate> candidates) {
    try {
      Completion completion = completion(shell.database(), shell.session());
      String text = buffer.pendingText() + line.line().substring(0, line.cursor());
      for (String name : completion.of(text)) {
        candidates.add(new Candidate(name, name, null, null, null, null, !name.endsWith("(")));
      }
    } catch (DistDbException unavailable) {
      // no catalog, no proposals: the next statement says why
    }
  }

  private static Completion completion(ShellDatabase database, Session session) {
    return new Completion(database.relations(session), database.names(session));
  }

  private void converse(LineReader reader) {
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

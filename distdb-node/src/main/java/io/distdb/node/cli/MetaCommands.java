// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.session.Session;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;

/** The commands that begin with a backslash. */
final class MetaCommands {
  private static final String USAGE =
      """
      \\q                     leave
      \\?                     this text
      \\d [TABLE]             tables, or the columns and indexes of one
      \\dt                    tables
      \\timing                show how long each statement takes, or no longer
      \\x                     one column a line, or no longer
      \\i FILE                run the statements of a file
      \\copy TABLE [(COLUMN, ...)] FROM 'FILE' CSV [HEADER]
                             load a file, all of it or nothing
      Statements end with a semicolon. Ctrl-C cancels what runs; Ctrl-D leaves.
      """;

  private final Shell shell;
  private final Session session;
  private final Describe describe;
  private final PrintWriter out;
  private final PrintWriter progress;

  /**
   * @param progress where long loads tell how far they are, or null
   */
  MetaCommands(
      Shell shell, Session session, Describe describe, PrintWriter out, PrintWriter progress) {
    this.shell = shell;
    this.session = session;
    this.describe = describe;
    this.out = out;
    this.progress = progress;
  }

  /** Runs {@code line}, which begins with a backslash. */
  void run(String line) {
    List<String> words = Arrays.asList(line.split("\\s+"));
    String argument = words.size() > 1 ? unquoted(words.get(1)) : "";
    switch (words.getFirst()) {
      case "\\q" -> shell.quit();
      case "\\?" -> out.print(USAGE);
      case "\\timing" -> out.println(shell.setting("Timing", shell.toggleTiming()));
      case "\\x" -> out.println(shell.setting("Expanded display", shell.toggleExpanded()));
      case "\\dt" -> describe.tables();
      case "\\d" -> describe(argument);
      case "\\i" -> include(argument);
      case "\\copy" -> new CsvCopy(session, out, progress).run(CopyCommand.parse(line));
      default ->
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid command " + words.getFirst())
              .withHint("Try \\? for help.");
    }
    out.flush();
  }

  private void describe(String table) {
    if (table.isEmpty()) {
      describe.tables();
    } else {
      describe.table(table);
    }
  }

  private void include(String file) {
    if (file.isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "\\i: a file name is missing");
    }
    shell.include(Path.of(file));
  }

  private static String unquoted(String word) {
    boolean quoted = word.length() > 1 && word.startsWith("'") && word.endsWith("'");
    String bare = quoted ? word.substring(1, word.length() - 1) : word;
    return bare.endsWith(";") ? bare.substring(0, bare.length() - 1) : bare;
  }
}

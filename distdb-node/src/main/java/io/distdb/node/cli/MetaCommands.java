// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.PrintWriter;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** The commands that begin with a backslash. */
final class MetaCommands {
  private static final String USAGE =
      """
      \\q                     leave
      \\?                     this text
      \\d [TABLE]             tables, views and sequences, or all about one
      \\dt  \\di  \\dv  \\ds  \\dn tables, indexes, views, sequences, schemas
      \\l                     databases
      \\c [NAME]              go on in another database
      \\timing                show how long each statement takes, or no longer
      \\x                     one column a line, or no longer
      \\i FILE                run the statements of a file
      \\copy TABLE [(COLUMN, ...)] FROM|TO 'FILE' [CSV] [HEADER] ...
                             load a file, all of it or nothing
      Statements end with a semicolon. Ctrl-C cancels what runs; Ctrl-D leaves.
      """;

  private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"|[^.\"]+");

  private final Shell shell;
  private final Describe describe;
  private final PrintWriter out;
  private final PrintWriter progress;

  /**
   * @param progress where long loads tell how far they are, or null
   */
  MetaCommands(Shell shell, Describe describe, PrintWriter out, PrintWriter progress) {
    this.shell = shell;
    this.describe = describe;
    this.out = out;
    this.progress = progress;
  }

  /** Runs {@code line}, which begins with a backslash. */
  void run(String line) {
    String[] parts = line.split("\\s+", 2);
    String argument = parts.length > 1 ? argument(parts[1]) : "";
    switch (parts[0]) {
      case "\\q" -> shell.quit();
      case "\\?" -> out.print(USAGE);
      case "\\timing" -> out.println(shell.setting("Timing", shell.toggleTiming()));
      case "\\x" -> out.println(shell.setting("Expanded display", shell.toggleExpanded()));
      case "\\dt" -> describe.tables();
      case "\\di" -> describe.indexes();
      case "\\dv" -> describe.views();
      case "\\ds" -> describe.sequences();
      case "\\dn" -> describe.schemas();
      case "\\l", "\\list" -> describe.databases(shell.databases().names());
      case "\\c", "\\connect" -> connect(argument);
      case "\\d" -> describe(argument);
      case "\\i" -> include(argument);
      case "\\copy" -> new FileCopy(shell.session(), out, progress).run(CopyCommand.parse(line));
      default ->
          throw new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid command " + parts[0])
              .withHint("Try \\? for help.");
    }
    out.flush();
  }

  private void describe(String table) {
    if (table.isEmpty()) {
      describe.relations();
    } else {
      describe.relation(qualified(table));
    }
  }

  private void connect(String database) {
    if (!database.isEmpty()) {
      shell.connect(name(database));
    }
    out.println("You are now connected to database \"" + shell.databaseName() + "\".");
  }

  private void include(String file) {
    if (file.isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "\\i: a file name is missing");
    }
    shell.include(path(unquoted(file, '\'')));
  }

  /**
   * @throws DistDbException {@code UNDEFINED_FILE}: no file can be called that
   */
  static Path path(String file) {
    try {
      return Path.of(file);
    } catch (InvalidPathException wrong) {
      throw new DistDbException(
          ErrorCode.UNDEFINED_FILE, "no file can have that name: " + wrong.getReason(), wrong);
    }
  }

  /** What follows the command, without the semicolon that habit may have put there. */
  private static String argument(String rest) {
    String bare = rest.strip();
    return bare.endsWith(";") ? bare.substring(0, bare.length() - 1).stripTrailing() : bare;
  }

  /** {@code schema.name} or {@code name}, each perhaps in quotes. */
  private static List<String> qualified(String written) {
    List<String> parts = new ArrayList<>();
    Matcher matcher = NAME.matcher(written);
    while (matcher.find()) {
      parts.add(name(matcher.group()));
    }
    return parts;
  }

  /** Letters without quotes are folded, as SQL does. */
  private static String name(String written) {
    return written.startsWith("\"") ? unquoted(written, '"') : written.toLowerCase(Locale.ROOT);
  }

  private static String unquoted(String word, char quote) {
    String mark = String.valueOf(quote);
    boolean quoted = word.length() > 1 && word.startsWith(mark) && word.endsWith(mark);
    return quoted ? word.substring(1, word.length() - 1).replace(mark + mark, mark) : word;
  }
}

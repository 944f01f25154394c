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
  private static final Pattern NAME = Pattern.compile("\"(?:[^\"]|\"\")*\"|[^.\"]+");

  private final Shell shell;
  private final PrintWriter out;
  private final PrintWriter progress;
  private final DisplayCommands displays;
  private final VariableCommands variables;
  private final Restriction restriction = new Restriction();

  /**
   * @param progress where long loads tell how far they are, or null
   */
  MetaCommands(Shell shell, PrintWriter out, PrintWriter progress) {
    this.shell = shell;
    this.out = out;
    this.progress = progress;
    displays = new DisplayCommands(shell, out);
    variables = new VariableCommands(shell, out);
  }

  /** Runs {@code line}, which begins with a backslash. */
  void run(String line) {
    String[] parts = line.split("\\s+", 2);
    String argument = parts.length > 1 ? argument(parts[1]) : "";
    List<String> words = MetaArguments.words(argument, shell.variables()::get);
    if (restriction.handles(parts[0], words)) {
      return;
    }
    switch (parts[0]) {
      case "\\q" -> shell.quit();
      case "\\?" -> MetaHelp.print(out);
      case "\\timing", "\\x", "\\a", "\\t", "\\pset" -> displays.run(parts[0], words);
      case "\\set", "\\unset", "\\echo", "\\qecho", "\\warn" -> variables.run(parts[0], words);
      case "\\df" -> describe().functions(words.isEmpty() ? "*" : words.getFirst());
      case "\\o", "\\out" -> output(words);
      case "\\g", "\\gx" -> shell.send("", line);
      case "\\conninfo" -> connectionInfo();
      case "\\r", "\\reset" -> out.println("Query buffer reset (cleared).");
      case "\\dt" -> describe().tables();
      case "\\di" -> describe().indexes();
      case "\\dv" -> describe().views();
      case "\\ds" -> describe().sequences();
      case "\\dn" -> describe().schemas();
      case "\\du", "\\dg" -> describe().roles();
      case "\\h", "\\help" -> StatementHelp.print(argument, out);
      case "\\l", "\\list" -> describe().databases();
      case "\\c", "\\connect" -> connect(argument);
      case "\\d" -> describe(argument);
      case "\\i", "\\include" -> include(argument, false);
      case "\\ir" -> include(argument, true);
      case "\\copy" -> copy(CopyCommand.parse(line));
      default -> throw MetaHelp.unknown(parts[0]);
    }
    out.flush();
  }

  private Descriptions describe() {
    return shell.database().descriptions(shell.session(), out);
  }

  private void describe(String table) {
    if (table.isEmpty()) {
      describe().relations();
    } else {
      describe().relation(qualified(table));
    }
  }

  private void copy(CopyCommand command) {
    boolean ofShell = command.file().isEmpty() && !command.ofProgram();
    if (command.from() && ofShell && shell.hasFollowingLines()) {
      shell.copyFollowing(command);
    } else {
      new FileCopy(shell.session(), out, progress).run(command);
    }
  }

  private void connect(String database) {
    if (database.contains("://") || database.contains("=")) {
      throw new DistDbException(
              ErrorCode.FEATURE_NOT_SUPPORTED, "\\c takes the name of a database of the same place")
          .withHint("A URL is for ./distdb sql --url.");
    }
    if (!database.isEmpty()) {
      shell.connect(name(database));
    }
    out.println("You are now connected to database \"" + shell.database().name() + "\".");
  }

  private void include(String written, boolean besideScript) {
    if (written.isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "\\i: a file name is missing");
    }
    Path file = path(unquoted(written, '\''));
    shell.scripts().include(besideScript ? shell.scripts().beside(file) : file);
  }

  private void output(List<String> words) {
    shell.sendTo(words.isEmpty() ? new ResultTarget(out) : ResultTarget.file(words.getFirst()));
  }

  private void connectionInfo() {
    out.println(
        "You are connected to database \""
            + shell.database().name()
            + "\", "
            + shell.database().place()
            + ".");
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

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import io.distdb.sql.parse.EditDistance;
import java.io.PrintWriter;
import java.util.List;
import java.util.regex.Pattern;

/** What backslash commands there are. */
final class MetaHelp {
  private static final String USAGE =
      """
      \\q                     leave
      \\?                     this text
      \\h [STATEMENT]         the syntax of a statement, or which there are
      \\d [TABLE]             tables, views and sequences, or all about one
      \\dt  \\di  \\dv  \\ds  \\dn tables, indexes, views, sequences, schemas
      \\df [[SCHEMA.]PATTERN] functions; * stands for anything
      \\l  \\du                databases, users
      \\c [NAME]              go on in another database
      \\conninfo              which database this is, and where
      \\g [FILE]              run the statement, or the last one again; rows into FILE
      \\gx [FILE]             the same with one column a line
      \\e [FILE]              edit the statement, or the last one, with $EDITOR
      \\r                     forget the statement begun
      \\x [on|off|auto]       one column a line; auto: when lines are too long
      \\a  \\t [on|off]        unaligned or aligned; without headings and counts
      \\pset NAME VALUE       null, format (aligned, csv, unaligned), expanded, tuples_only,
                             border (0, 1, 2), pager (on, off, always)
      \\timing [on|off]       show how long each statement takes
      \\o [FILE]              results into a file, or no longer
      \\i FILE  \\ir FILE      run the statements of a file; \\ir: beside the script that runs
      \\echo  \\qecho  \\warn   print words: here, with the results, as an error
      \\set [NAME [VALUE]]    variables: all, or one; used as :NAME, :'NAME', :"NAME"
      \\unset NAME            forget a variable
      \\copy TABLE [(COLUMN, ...)] FROM|TO 'FILE' [CSV] [HEADER] ...
                             load a file, all of it or nothing
      Statements end with a semicolon. Ctrl-C cancels what runs; Ctrl-D leaves.
      """;

  private static final Pattern COMMAND = Pattern.compile("\\\\[a-z?]+");

  private MetaHelp() {}

  static void print(PrintWriter out) {
    out.print(USAGE);
  }

  /** Every command, with its backslash. */
  static List<String> commands() {
    return COMMAND.matcher(USAGE).results().map(found -> found.group()).distinct().toList();
  }

  /** What to say of a command that is none. */
  static DistDbException unknown(String command) {
    String nearest = null;
    int best = Integer.MAX_VALUE;
    for (String candidate : commands()) {
      int distance = EditDistance.between(candidate, command);
      if (distance < best && EditDistance.isNear(distance, candidate)) {
        best = distance;
        nearest = candidate;
      }
    }
    String meant = nearest == null ? "" : "Perhaps you meant " + nearest + ". ";
    return new DistDbException(ErrorCode.SYNTAX_ERROR, "invalid command " + command)
        .withHint(meant + "Try \\? for help.");
  }
}

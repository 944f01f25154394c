// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.PrintWriter;
import java.util.List;

/** Setting and forgetting variables, and the commands that print what they are given. */
final class VariableCommands {
  private final Shell shell;
  private final PrintWriter out;

  VariableCommands(Shell shell, PrintWriter out) {
    this.shell = shell;
    this.out = out;
  }

  void run(String command, List<String> words) {
    switch (command) {
      case "\\set" -> set(words);
      case "\\unset" -> unset(words);
      case "\\echo" -> echo(words, out);
      case "\\qecho" -> echo(words, shell.results());
      case "\\warn" -> echo(words, shell.errorOutput());
      default -> throw MetaHelp.unknown(command);
    }
  }

  private void set(List<String> words) {
    if (words.isEmpty()) {
      shell.variables().print(out);
    } else {
      shell.variables().set(words.getFirst(), String.join("", words.subList(1, words.size())));
    }
  }

  private void unset(List<String> words) {
    if (words.isEmpty()) {
      throw new DistDbException(ErrorCode.SYNTAX_ERROR, "\\unset: missing required argument");
    }
    shell.variables().unset(words.getFirst());
  }

  private static void echo(List<String> words, PrintWriter target) {
    boolean sameLine = !words.isEmpty() && words.getFirst().equals("-n");
    String text = String.join(" ", sameLine ? words.subList(1, words.size()) : words);
    target.print(sameLine ? text : text + System.lineSeparator());
    target.flush();
  }
}

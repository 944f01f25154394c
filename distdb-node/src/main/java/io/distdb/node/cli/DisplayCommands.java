// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import io.distdb.api.error.DistDbException;
import io.distdb.api.error.ErrorCode;
import java.io.PrintWriter;
import java.util.List;
import java.util.Locale;

/** {@code \x}, {@code \a}, {@code \t}, {@code \timing} and {@code \pset}: how rows are shown. */
final class DisplayCommands {
  private final Shell shell;
  private final PrintWriter out;

  DisplayCommands(Shell shell, PrintWriter out) {
    this.shell = shell;
    this.out = out;
  }

  void run(String command, List<String> words) {
    String value = words.isEmpty() ? "" : words.getFirst();
    switch (command) {
      case "\\x" -> expanded(value);
      case "\\a" -> alignment();
      case "\\t" -> tuplesOnly(value);
      case "\\timing" -> timing(value);
      case "\\pset" -> set(words);
      default -> throw MetaHelp.unknown(command);
    }
  }

  private void expanded(String value) {
    Display.Expanded now = shell.display().expanded();
    Display.Expanded next =
        value.equalsIgnoreCase("auto")
            ? Display.Expanded.AUTO
            : Switch.next("\\x", value, now != Display.Expanded.OFF)
                ? Display.Expanded.ON
                : Display.Expanded.OFF;
    shell.show(shell.display().withExpanded(next));
    out.println(
        switch (next) {
          case OFF -> "Expanded display is off.";
          case ON -> "Expanded display is on.";
          case AUTO -> "Expanded display is used automatically.";
        });
  }

  private void alignment() {
    boolean aligned = shell.display().format() == Display.Format.ALIGNED;
    format(aligned ? Display.Format.UNALIGNED : Display.Format.ALIGNED);
  }

  private void format(Display.Format format) {
    shell.show(shell.display().withFormat(format));
    out.println("Output format is " + format.name().toLowerCase(Locale.ROOT) + ".");
  }

  private void tuplesOnly(String value) {
    boolean next = Switch.next("\\t", value, shell.display().tuplesOnly());
    shell.show(shell.display().withTuplesOnly(next));
    out.println("Tuples only is " + Switch.word(next) + ".");
  }

  private void timing(String value) {
    shell.time(Switch.next("\\timing", value, shell.timing()));
    out.println("Timing is " + Switch.word(shell.timing()) + ".");
  }

  private void set(List<String> words) {
    if (words.isEmpty()) {
      list();
      return;
    }
    String value = words.size() > 1 ? words.get(1) : "";
    switch (words.getFirst()) {
      case "null" -> {
        shell.show(shell.display().withNullText(value));
        out.println("Null display is \"" + value + "\".");
      }
      case "format" -> format(formatOf(value));
      case "border" -> border(value);
      case "expanded" -> expanded(value);
      case "pager" -> pager(value);
      case "tuples_only" -> tuplesOnly(value);
      default ->
          throw new DistDbException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  "\\pset: the option \"" + words.getFirst() + "\" is not supported")
              .withHint("There are border, expanded, format, null, pager and tuples_only.");
    }
  }

  private void border(String value) {
    if (!value.matches("[012]?")) {
      throw new DistDbException(
          ErrorCode.INVALID_PARAMETER_VALUE, "\\pset: border is 0, 1 or 2, not \"" + value + "\"");
    }
    if (!value.isEmpty()) {
      shell.show(shell.display().withBorder(Integer.parseInt(value)));
    }
    out.println("Border style is " + shell.display().border() + ".");
  }

  private void pager(String value) {
    Pager.Use next =
        value.equalsIgnoreCase("always")
            ? Pager.Use.ALWAYS
            : Switch.next("\\pset pager", value, shell.paging() != Pager.Use.OFF)
                ? Pager.Use.ON
                : Pager.Use.OFF;
    shell.page(next);
    out.println(
        switch (next) {
          case OFF -> "Pager usage is off.";
          case ON -> "Pager is used for long output.";
          case ALWAYS -> "Pager is always used.";
        });
  }

  private static Display.Format formatOf(String value) {
    return switch (value) {
      case "aligned" -> Display.Format.ALIGNED;
      case "unaligned" -> Display.Format.UNALIGNED;
      case "csv" -> Display.Format.CSV;
      default ->
          throw new DistDbException(
                  ErrorCode.FEATURE_NOT_SUPPORTED,
                  "\\pset: the format \"" + value + "\" is not supported")
              .withHint("There are aligned, csv and unaligned.");
    };
  }

  private void list() {
    Display display = shell.display();
    out.println("border      " + display.border());
    out.println("expanded    " + display.expanded().name().toLowerCase(Locale.ROOT));
    out.println("format      " + display.format().name().toLowerCase(Locale.ROOT));
    out.println("null        '" + display.nullText() + "'");
    out.println("pager       " + shell.paging().name().toLowerCase(Locale.ROOT));
    out.println("tuples_only " + Switch.word(display.tuplesOnly()));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

/**
 * How rows are shown.
 *
 * @param tuplesOnly without headings and counts
 * @param nullText what stands for NULL
 * @param border 0: none, 1: between columns, 2: around tables too
 */
record Display(
    Format format,
    Expanded expanded,
    boolean tuplesOnly,
    boolean quiet,
    String nullText,
    int border) {
  /** The layouts. */
  enum Format {
    ALIGNED,
    UNALIGNED,
    CSV
  }

  /** Whether each column has a line of its own. */
  enum Expanded {
    OFF,
    ON,
    /** When the lines would be longer than the terminal's. */
    AUTO
  }

  static final Display DEFAULT = new Display(Format.ALIGNED, Expanded.OFF, false, false, "", 1);

  Display withFormat(Format other) {
    return new Display(other, expanded, tuplesOnly, quiet, nullText, border);
  }

  Display withExpanded(Expanded other) {
    return new Display(format, other, tuplesOnly, quiet, nullText, border);
  }

  Display withTuplesOnly(boolean other) {
    return new Display(format, expanded, other, quiet, nullText, border);
  }

  Display withQuiet(boolean other) {
    return new Display(format, expanded, tuplesOnly, other, nullText, border);
  }

  Display withNullText(String other) {
    return new Display(format, expanded, tuplesOnly, quiet, other, border);
  }

  Display withBorder(int other) {
    return new Display(format, expanded, tuplesOnly, quiet, nullText, other);
  }
}

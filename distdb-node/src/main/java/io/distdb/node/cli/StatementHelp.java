// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.io.IOException;
import java.io.InputStream;
import java.io.PrintWriter;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;

/** {@code \h}: the syntax of statements, from {@code statements.txt}. */
final class StatementHelp {
  private static final int COLUMNS = 3;
  private static final int COLUMN_WIDTH = 28;

  /** One statement's page. */
  record Page(String name, String description, List<String> syntax) {}

  private StatementHelp() {}

  /** In the order of their names. */
  static List<Page> pages() {
    List<Page> pages = new ArrayList<>();
    for (String block : text().strip().split("\n\n")) {
      List<String> lines = block.lines().toList();
      pages.add(new Page(lines.get(0), lines.get(1), lines.subList(2, lines.size())));
    }
    return pages;
  }

  private static String text() {
    try (InputStream in = StatementHelp.class.getResourceAsStream("statements.txt")) {
      return new String(in.readAllBytes(), StandardCharsets.UTF_8);
    } catch (IOException failure) {
      throw new UncheckedIOException(failure);
    }
  }

  /**
   * @param words the beginning of a statement's name in any case; empty: the names alone
   */
  static void print(String words, PrintWriter out) {
    String wanted = words.strip().replaceAll("\\s+", " ").toUpperCase(Locale.ROOT);
    List<Page> pages = pages();
    if (wanted.isEmpty()) {
      list(pages, out);
      return;
    }
    List<Page> found = pages.stream().filter(page -> page.name().startsWith(wanted)).toList();
    List<Page> exact = found.stream().filter(page -> page.name().equals(wanted)).toList();
    if (found.isEmpty()) {
      out.println("No help available for \"" + words.strip() + "\".");
      out.println("Try \\h with no arguments to see available help.");
    }
    for (Page page : exact.isEmpty() ? found : exact) {
      out.println("Command:     " + page.name());
      out.println("Description: " + page.description());
      out.println("Syntax:");
      page.syntax().forEach(out::println);
      out.println();
    }
  }

  private static void list(List<Page> pages, PrintWriter out) {
    out.println("Available help:");
    int rows = (pages.size() + COLUMNS - 1) / COLUMNS;
    for (int row = 0; row < rows; row++) {
      StringBuilder line = new StringBuilder();
      for (int at = row; at < pages.size(); at += rows) {
        String name = pages.get(at).name();
        line.append("  ").append(name).append(" ".repeat(COLUMN_WIDTH - name.length()));
      }
      out.println(line.toString().stripTrailing());
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.node.cli;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;

/**
 * Writes and their latency over time, for a terminal: a column is a span of time, the upper row how
 * many were acknowledged in it, the lower row the slowest of them; a column without a write is
 * blank. Marks beneath say when something happened.
 */
final class LatencyChart {
  private static final String BARS = "▁▂▃▄▅▆▇█";

  /** Latencies are shown by their logarithm, from this. */
  private static final double FASTEST_MILLIS = 0.5;

  /** Something that happened, shown by a letter. */
  record Mark(long atNanos, char letter, String what) {}

  private LatencyChart() {}

  /**
   * The lines of the chart.
   *
   * @param columns at least 1
   * @param samples may be empty
   */
  static List<String> lines(
      List<SteadyLoad.Sample> samples, List<Mark> marks, long from, long to, int columns) {
    long width = Math.max(1, (to - from + columns - 1) / columns);
    double[] writes = new double[columns];
    double[] slowest = new double[columns];
    for (SteadyLoad.Sample sample : samples) {
      int column = (int) ((sample.acknowledgedNanos() - from) / width);
      if (sample.acknowledgedNanos() >= from && column < columns) {
        writes[column]++;
        slowest[column] = Math.max(slowest[column], sample.latencyNanos() / 1e6);
      }
    }
    double most = Arrays.stream(writes).max().orElse(0);
    double worst = Arrays.stream(slowest).max().orElse(0);
    double scale = Math.log(Math.max(worst, 2 * FASTEST_MILLIS) / FASTEST_MILLIS);
    StringBuilder upper = new StringBuilder();
    StringBuilder lower = new StringBuilder();
    for (int i = 0; i < columns; i++) {
      upper.append(writes[i] == 0 ? ' ' : bar(writes[i] / most));
      lower.append(writes[i] == 0 ? ' ' : bar(Math.log(slowest[i] / FASTEST_MILLIS) / scale));
    }
    List<String> lines = new ArrayList<>();
    lines.add(String.format(Locale.ROOT, "writes   |%s| up to %,.0f/s", upper, most * 1e9 / width));
    lines.add(String.format(Locale.ROOT, "slowest  |%s| up to %,.0f ms", lower, worst));
    lines.add("          " + letters(marks, from, width, columns));
    lines.addAll(legend(marks, from));
    return lines;
  }

  private static char bar(double share) {
    int level = (int) Math.ceil(share * BARS.length()) - 1;
    return BARS.charAt(Math.max(0, Math.min(BARS.length() - 1, level)));
  }

  /** Marks that fall into one column stand side by side. */
  private static String letters(List<Mark> marks, long from, long width, int columns) {
    StringBuilder line = new StringBuilder();
    for (Mark mark : marks) {
      long column = Math.min(columns - 1, (mark.atNanos() - from) / width);
      while (line.length() < column) {
        line.append(' ');
      }
      line.append(mark.letter());
    }
    return line.toString();
  }

  private static List<String> legend(List<Mark> marks, long from) {
    List<String> lines = new ArrayList<>();
    for (Mark mark : marks) {
      lines.add(
          String.format(
              Locale.ROOT,
              "  %c %6.1f s  %s",
              mark.letter(),
              (mark.atNanos() - from) / 1e9,
              mark.what()));
    }
    return lines;
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.client;

import java.util.ArrayList;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/** What the rounds gave, and the table of it. */
final class Figures {
  private final Map<String, Map<String, List<Double>>> byCaseAndSide = new LinkedHashMap<>();

  void add(String what, String side, double value) {
    byCaseAndSide
        .computeIfAbsent(what, key -> new LinkedHashMap<>())
        .computeIfAbsent(side, key -> new ArrayList<>())
        .add(value);
  }

  double median(String what, String side) {
    List<Double> sorted = new ArrayList<>(byCaseAndSide.get(what).get(side));
    Collections.sort(sorted);
    return sorted.get(sorted.size() / 2);
  }

  /**
   * A line per case and side: median, least and greatest of the rounds, and how the median compares
   * with the best of {@code others}.
   */
  String markdown(String ours, String unit) {
    return markdown(ours, unit, Set.of());
  }

  /**
   * As {@link #markdown(String, String)}.
   *
   * @param shownOnly sides that are not among those that the best is chosen from
   */
  String markdown(String ours, String unit, Set<String> shownOnly) {
    StringBuilder table = new StringBuilder();
    table.append("| case | side | median ").append(unit).append(" | min | max | us each |");
    table.append(" to the best other |\n|---|---|---:|---:|---:|---:|---:|\n");
    byCaseAndSide.forEach((what, sides) ->
        sides
            .keySet()
            .forEach(side ->
                line(table, what, side, side.equals(ours) ? bestOther(what, ours, shownOnly) : 0)));
    return table.toString();
  }

  private double bestOther(String what, String ours, Set<String> shownOnly) {
    return byCaseAndSide.get(what).keySet().stream()
        .filter(side -> !side.equals(ours) && !shownOnly.contains(side))
        .mapToDouble(side -> median(what, side))
        .max()
        .orElse(0);
  }

  private void line(StringBuilder table, String what, String side, double bestOther) {
    List<Double> values = byCaseAndSide.get(what).get(side);
    double median = median(what, side);
    String comparison =
        bestOther == 0 ? "" : String.format(Locale.ROOT, "**%.2fx**", median / bestOther);
    table.append(
        String.format(
            Locale.ROOT,
            "| %s | %s | %,.0f | %,.0f | %,.0f | %.2f | %s |%n",
            what,
            side,
            median,
            Collections.min(values),
            Collections.max(values),
            1e6 / median,
            comparison));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.bench.cluster;

import java.io.PrintStream;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What the rounds gave, as markdown: sides beside each other. */
final class ClusterTable {
  static final String OWN = "distdb";

  private final List<String> sides;
  private final Map<ClusterCase, Map<String, double[]>> rates = new LinkedHashMap<>();
  private final Map<ClusterCase, Map<String, double[]>> medianMicros = new LinkedHashMap<>();
  private final Map<ClusterCase, Map<String, double[]>> cpuMicros = new LinkedHashMap<>();
  private final Map<String, double[]> outages = new LinkedHashMap<>();

  ClusterTable(List<String> sides) {
    this.sides = sides;
  }

  void add(ClusterCase what, String side, Load.Sample sample, double cpuMicrosEach) {
    add(rates.computeIfAbsent(what, any -> new LinkedHashMap<>()), side, sample.perSecond());
    add(
        medianMicros.computeIfAbsent(what, any -> new LinkedHashMap<>()),
        side,
        sample.latency(0.5));
    add(cpuMicros.computeIfAbsent(what, any -> new LinkedHashMap<>()), side, cpuMicrosEach);
  }

  void addOutage(String side, long nanos) {
    add(outages, side, nanos / 1e6);
  }

  private static void add(Map<String, double[]> to, String side, double value) {
    double[] before = to.getOrDefault(side, new double[0]);
    double[] after = Arrays.copyOf(before, before.length + 1);
    after[before.length] = value;
    to.put(side, after);
  }

  void print(PrintStream out) {
    out.printf("%n| case, median of the rounds (lowest to highest) |");
    sides.forEach(side -> out.printf(" %s |", side));
    out.printf(" to the best peer | goal |%n|---|%s--:|--:|%n", "--:|".repeat(sides.size()));
    rates.forEach((what, values) -> printRate(out, what, values));
    rates.forEach((what, values) -> {
      printPlain(out, what.title() + ": us to the answer", medianMicros.get(what));
      printPlain(out, what.title() + ": us of processor, three nodes", cpuMicros.get(what));
    });
    if (!outages.isEmpty()) {
      printOutages(out);
    }
  }

  private void printRate(PrintStream out, ClusterCase what, Map<String, double[]> values) {
    out.printf("| %s, a second |", what.title());
    for (String side : sides) {
      double[] rounds = values.get(side);
      if (rounds == null) {
        out.print(" - |");
      } else {
        out.printf(
            " %,.0f (%,.0f to %,.0f) |", median(rounds), quantile(rounds, 0), quantile(rounds, 1));
      }
    }
    double best =
        values.entrySet().stream()
            .filter(each -> !each.getKey().equals(OWN))
            .mapToDouble(each -> median(each.getValue()))
            .max()
            .orElse(Double.NaN);
    double own = median(values.getOrDefault(OWN, new double[0]));
    out.printf(" **%.2fx** | %.1fx |%n", own / best, what.goal());
  }

  private void printPlain(PrintStream out, String title, Map<String, double[]> values) {
    out.printf("| %s |", title);
    for (String side : sides) {
      out.print(values.containsKey(side) ? " %,.0f |".formatted(median(values.get(side))) : " - |");
    }
    out.printf(" | |%n");
  }

  private void printOutages(PrintStream out) {
    out.printf(
        "| ms without puts after kill -9 of the leader, %d times |",
        outages.size() == 0 ? 0 : outages.values().iterator().next().length);
    for (String side : sides) {
      double[] all = outages.getOrDefault(side, new double[0]);
      out.printf(" %,.0f (%,.0f to %,.0f) |", median(all), quantile(all, 0), quantile(all, 1));
    }
    double best =
        outages.entrySet().stream()
            .filter(each -> !each.getKey().equals(OWN))
            .mapToDouble(each -> median(each.getValue()))
            .min()
            .orElse(Double.NaN);
    double[] own = outages.getOrDefault(OWN, new double[0]);
    out.printf(
        " **%.2fx** as long, worst %,.0f | 1.0x, worst 3,000 |%n",
        median(own) / best, quantile(own, 1));
  }

  static double median(double[] values) {
    return quantile(values, 0.5);
  }

  private static double quantile(double[] values, double share) {
    if (values.length == 0) {
      return Double.NaN;
    }
    double[] sorted = values.clone();
    Arrays.sort(sorted);
    return sorted[(int) Math.round((sorted.length - 1) * share)];
  }
}

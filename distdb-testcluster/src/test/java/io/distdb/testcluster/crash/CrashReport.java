// SPDX-License-Identifier: MIT
package io.distdb.testcluster.crash;

import io.distdb.testcluster.crash.CrashPoint.Outcome;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** Points tried, by workload and fault model, and what was found. Thread-safe. */
final class CrashReport {
  private final Map<String, EnumMap<FaultModel, Integer>> tried = new TreeMap<>();
  private final EnumMap<Outcome, Integer> outcomesOfSilence = new EnumMap<>(Outcome.class);
  private final List<String> violations = new ArrayList<>();

  synchronized void add(CrashPoint point, Outcome outcome) {
    if (outcome != Outcome.MISSED) {
      count(point);
    }
    if (point.fault().kind() == FaultModel.Kind.SILENT && outcome != Outcome.MISSED) {
      outcomesOfSilence.merge(outcome, 1, Integer::sum);
    }
  }

  synchronized void violated(CrashPoint point, AssertionError violation) {
    count(point);
    violations.add(violation.getMessage());
  }

  private void count(CrashPoint point) {
    tried
        .computeIfAbsent(point.workload().name(), name -> new EnumMap<>(FaultModel.class))
        .merge(point.fault(), 1, Integer::sum);
  }

  synchronized void addAll(CrashReport other) {
    other.tried.forEach((workload, counts) ->
        counts.forEach((fault, count) ->
            tried
                .computeIfAbsent(workload, name -> new EnumMap<>(FaultModel.class))
                .merge(fault, count, Integer::sum)));
    other.outcomesOfSilence.forEach(
        (outcome, n) -> outcomesOfSilence.merge(outcome, n, Integer::sum));
    violations.addAll(other.violations);
  }

  synchronized int total() {
    return tried.values().stream()
        .flatMap(counts -> counts.values().stream())
        .mapToInt(Integer::intValue)
        .sum();
  }

  synchronized List<String> violations() {
    return List.copyOf(violations);
  }

  synchronized int count(FaultModel fault) {
    return tried.values().stream().mapToInt(counts -> counts.getOrDefault(fault, 0)).sum();
  }

  /** A table of points in Markdown, and what came of the silent faults. */
  @Override
  public synchronized String toString() {
    StringBuilder text = new StringBuilder("| workload |");
    StringBuilder line = new StringBuilder("|---|");
    for (FaultModel fault : FaultModel.values()) {
      text.append(' ').append(fault.name().replace('_', ' ').toLowerCase()).append(" |");
      line.append("--:|");
    }
    text.append(" all |\n").append(line).append("--:|\n");
    tried.forEach((workload, counts) -> {
      text.append("| ").append(workload).append(" |");
      int sum = 0;
      for (FaultModel fault : FaultModel.values()) {
        int count = counts.getOrDefault(fault, 0);
        sum += count;
        text.append(' ').append(count).append(" |");
      }
      text.append(' ').append(sum).append(" |\n");
    });
    text.append("| all |");
    for (FaultModel fault : FaultModel.values()) {
      text.append(' ').append(count(fault)).append(" |");
    }
    text.append(' ').append(total()).append(" |\n");
    text.append("silent faults: ").append(outcomesOfSilence).append('\n');
    return text.append("violations: ").append(violations.size()).toString();
  }
}

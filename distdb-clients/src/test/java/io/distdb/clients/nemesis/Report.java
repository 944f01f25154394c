// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.checker.Anomaly;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The summary, as it goes to docs/testing.md. */
final class Report {
  private static final int LINES_MAX = 3;

  private final Options options;
  private final Cluster cluster;
  private final Say say;
  private final Faults faults;
  private final Progress progress;
  private final Findings findings;

  Report(
      Options options,
      Cluster cluster,
      Say say,
      Faults faults,
      Progress progress,
      Findings findings) {
    this.options = options;
    this.cluster = cluster;
    this.say = say;
    this.faults = faults;
    this.progress = progress;
    this.findings = findings;
  }

  /** Judges and prints; whether everything held. */
  boolean print(List<Workload> workloads, Clients clients, double healedSeconds) {
    Map<String, Long> states = new TreeMap<>();
    say.plain("\n| workload | acknowledged | refused | unknown | no connection | verdict |");
    say.plain("|---|--:|--:|--:|--:|---|");
    for (Workload workload : workloads) {
      row(workload, clients.tally(workload));
      clients
          .tally(workload)
          .states()
          .forEach((state, count) -> states.merge(state, count, Long::sum));
    }
    say.plain("\nErrors by SQLSTATE: %s", states);
    unavailability();
    logs();
    say.plain("After the last fault every client was answered within %.1f s.", healedSeconds);
    if (findings.lines().isEmpty()) {
      say.plain("nemesis: everything held (seed %d)", options.seed());
    } else {
      say.plain(
          "nemesis: %d finding(s), seed %d; %s is kept",
          findings.lines().size(), options.seed(), options.work());
      findings.lines().forEach(line -> say.plain("  %s", line));
    }
    return findings.lines().isEmpty();
  }

  private void row(Workload workload, Tally tally) {
    CheckResult result = workload.check();
    for (Anomaly anomaly : result.anomalies()) {
      findings.add("%s: %s: %s", workload.name(), anomaly.kind(), anomaly.explanation());
    }
    if (tally.of(Outcome.COMMITTED) == 0) {
      findings.add("%s: nothing was ever acknowledged", workload.name());
    }
    tally
        .samples()
        .forEach((state, message) -> {
          if (!Link.isExpected(state)) {
            findings.add(
                "%s: %s came %d times, such as: %s",
                workload.name(), state, tally.states().get(state), message);
          }
        });
    say.plain(
        "| %s | %,d | %,d | %,d | %,d | %s |",
        workload.name(),
        tally.of(Outcome.COMMITTED),
        tally.of(Outcome.ABORTED),
        tally.of(Outcome.UNKNOWN),
        tally.unreached(),
        result.isSound() ? "sound" : result.kinds());
  }

  /** What the nodes themselves call an error; a broken invariant is a finding. */
  private void logs() {
    for (NodeProcess node : cluster.nodes()) {
      try (Stream<String> lines = Files.lines(node.log())) {
        Map<Boolean, List<String>> broken =
            lines
                .filter(line -> line.contains(" ERROR ") || line.contains("InvariantViolation"))
                .collect(Collectors.partitioningBy(line -> line.contains("InvariantViolation")));
        broken.get(true).stream()
            .limit(LINES_MAX)
            .forEach(line -> findings.add("log of node %d: %s", node.number(), line));
        List<String> errors = broken.get(false);
        say.plain("Log of n%d, %d starts: %d errors", node.number(), node.starts(), errors.size());
        errors.stream().limit(LINES_MAX).forEach(line -> say.plain("  %s", line));
      } catch (IOException failure) {
        throw new UncheckedIOException(failure);
      }
    }
  }

  /**
   * By kind: the longest time without an acknowledged write, of which it was the first fault; and
   * the longest from its end until writes went on.
   */
  private void unavailability() {
    Map<FaultKind, Double> longest = new EnumMap<>(FaultKind.class);
    for (Progress.Gap gap : progress.gaps()) {
      faults.struck().stream()
          .filter(fault -> fault.fromNanos() <= gap.toNanos() && fault.toNanos() >= gap.fromNanos())
          .min(Comparator.comparingLong(Faults.Struck::fromNanos))
          .ifPresent(fault -> longest.merge(fault.kind(), gap.nanos() / 1e9, Math::max));
    }
    Map<FaultKind, Double> resumed = new EnumMap<>(FaultKind.class);
    faults
        .struck()
        .forEach(fault -> resumed.merge(fault.kind(), fault.resumedNanos() / 1e9, Math::max));
    say.plain(
        "\n| fault | times | longest without a write | writes went on after its end within |");
    say.plain("|---|--:|--:|--:|");
    faults
        .counts()
        .forEach((kind, times) ->
            say.plain(
                "| %s | %d | %.1f s | %.1f s |",
                kind, times, longest.getOrDefault(kind, 0.0), resumed.get(kind)));
  }
}

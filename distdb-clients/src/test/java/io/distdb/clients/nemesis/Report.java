// SPDX-License-Identifier: MIT
package io.distdb.clients.nemesis;

import io.distdb.testkit.checker.Anomaly;
import io.distdb.testkit.checker.CheckResult;
import io.distdb.testkit.checker.Outcome;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The summary, as it goes to docs/testing.md. */
final class Report {
  private final Options options;
  private final Say say;
  private final Faults faults;
  private final Progress progress;
  private final Findings findings;

  Report(Options options, Say say, Faults faults, Progress progress, Findings findings) {
    this.options = options;
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
    say.plain("Faults, %d in all: %s", faults.struck().size(), faults.counts());
    gaps();
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

  /** The longest time without an acknowledged write, for each kind that was there in it. */
  private void gaps() {
    Map<FaultKind, Double> longest = new EnumMap<>(FaultKind.class);
    for (Progress.Gap gap : progress.gaps()) {
      faults.struck().stream()
          .filter(fault -> fault.fromNanos() <= gap.toNanos())
          .max(Comparator.comparingLong(Faults.Struck::fromNanos))
          .ifPresent(fault -> longest.merge(fault.kind(), gap.nanos() / 1e9, Math::max));
    }
    say.plain("Longest time without an acknowledged write, by the fault before its end:");
    longest.forEach((kind, seconds) -> say.plain("  %-15s %5.1f s", kind, seconds));
  }
}

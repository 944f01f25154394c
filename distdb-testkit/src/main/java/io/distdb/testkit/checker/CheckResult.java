// SPDX-License-Identifier: MIT
package io.distdb.testkit.checker;

import io.distdb.api.txn.IsolationLevel;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/** What a checker found, in the order it was found; at most {@link #KEPT_MAX} of each kind. */
public record CheckResult(List<Anomaly> anomalies) {
  static final int KEPT_MAX = 10;

  public CheckResult {
    anomalies = List.copyOf(anomalies);
  }

  public boolean isSound() {
    return anomalies.isEmpty();
  }

  public Set<AnomalyKind> kinds() {
    Set<AnomalyKind> kinds = EnumSet.noneOf(AnomalyKind.class);
    anomalies.forEach(anomaly -> kinds.add(anomaly.kind()));
    return kinds;
  }

  /** Only what this level forbids. */
  public CheckResult at(IsolationLevel level) {
    return new CheckResult(
        anomalies.stream().filter(anomaly -> anomaly.kind().isForbiddenAt(level)).toList());
  }

  /** Throws an AssertionError that explains each anomaly, unless there is none. */
  public void assertSound() {
    if (!isSound()) {
      StringBuilder text = new StringBuilder("the history is not sound:");
      anomalies.forEach(anomaly ->
          text.append("\n  ").append(anomaly.kind()).append(": ").append(anomaly.explanation()));
      throw new AssertionError(text.toString());
    }
  }

  /** Collects anomalies and forgets the surplus. */
  static final class Builder {
    private final List<Anomaly> anomalies = new ArrayList<>();
    private final int[] counts = new int[AnomalyKind.values().length];

    void add(AnomalyKind kind, String format, Object... arguments) {
      if (counts[kind.ordinal()]++ < KEPT_MAX) {
        anomalies.add(new Anomaly(kind, String.format(format, arguments)));
      }
    }

    CheckResult build() {
      return new CheckResult(anomalies);
    }
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.raft.core;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Leases that outlive the truth: bug class 13. */
final class LeaseMutants {
  private LeaseMutants() {}

  static Map<String, Supplier<Strategy>> all() {
    LinkedHashMap<String, Supplier<Strategy>> all = new LinkedHashMap<>();
    all.put("13 a lease counts from its answer", () -> LeaseMutants::fromAnswer);
    all.put("13 a lease lasts twice as long", () -> LeaseMutants::twiceAsLong);
    all.put("13 a transfer leaves the lease", () -> LeaseMutants::transferred);
    return all;
  }

  private static List<Effect> fromAnswer(RaftCore core, Event event) {
    long before = core.state.leaseFrom;
    List<Effect> effects = core.step(event);
    if (core.state.leaseFrom != before) {
      core.state.leaseFrom = core.state.now;
    }
    return effects;
  }

  private static List<Effect> twiceAsLong(RaftCore core, Event event) {
    long before = core.state.leaseFrom;
    List<Effect> effects = core.step(event);
    if (core.state.leaseFrom != before) {
      core.state.leaseFrom += core.state.settings.leaseNanos();
    }
    return effects;
  }

  private static List<Effect> transferred(RaftCore core, Event event) {
    core.state.leaseGivenUp = false;
    return core.step(event);
  }
}

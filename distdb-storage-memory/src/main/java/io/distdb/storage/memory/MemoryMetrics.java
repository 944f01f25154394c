// SPDX-License-Identifier: MIT
package io.distdb.storage.memory;

import io.distdb.api.metrics.Metric;
import java.util.List;

/** What the engine tells of its memory and of old versions. */
final class MemoryMetrics {
  private MemoryMetrics() {}

  static List<Metric> of(MemoryStorageEngine engine) {
    return List.of(
        Metric.gauge(
            "storage.memory_used",
            "bytes",
            "What rows, versions and indexes take, as accounted.",
            engine::memoryBytes),
        Metric.gauge(
            "storage.memory_budget",
            "bytes",
            "What they may take before growth is refused.",
            engine::memoryBudgetBytes),
        Metric.gauge(
            "storage.garbage_versions",
            "versions",
            "Old versions that wait to be collected, about.",
            () -> engine.sum(MemoryStore::garbageVersions)),
        Metric.counter(
            "storage.collected_versions",
            "versions",
            "Old versions that were collected, about.",
            () -> engine.sum(MemoryStore::collectedVersions)));
  }
}

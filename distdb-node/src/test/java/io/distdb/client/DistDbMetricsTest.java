// SPDX-License-Identifier: MIT
package io.distdb.client;

import static org.assertj.core.api.Assertions.assertThat;

import io.distdb.api.metrics.Metric;
import io.distdb.node.config.Config;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.nio.file.Path;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class DistDbMetricsTest {
  @TempDir private Path directory;

  private final SimpleMeterRegistry registry = new SimpleMeterRegistry();

  @Test
  void everyMetricIsThereWithItsUnitDescriptionAndTags() {
    try (Client client = Client.open()) {
      new DistDbMetrics(client, List.of(Tag.of("shop", "7"))).bindTo(registry);
      TreeSet<String> names = new TreeSet<>();
      for (Metric metric : client.metrics()) {
        Meter meter = registry.get("distdb." + metric.name()).tag("shop", "7").meter();
        assertThat(meter.getId().getBaseUnit()).isEqualTo(metric.unit());
        assertThat(meter.getId().getDescription()).isEqualTo(metric.description());
        names.add(metric.name());
      }
      assertThat(registry.getMeters()).hasSameSizeAs(names);
      assertThat(names).contains("storage.memory_used", "log.applied");
    }
  }

  @Test
  void valuesMoveWithTheDatabaseAndStayReadableBehindIt() {
    FunctionCounter written;
    FunctionCounter checkpoints;
    try (Client client = Client.open(Config.at(directory))) {
      new DistDbMetrics(client).bindTo(registry);
      written = registry.get("distdb.journal.written").functionCounter();
      checkpoints = registry.get("distdb.checkpoint.count").functionCounter();
      double before = written.count();
      client.execute("CREATE TABLE t (id BIGINT PRIMARY KEY)");
      assertThat(written.count()).isGreaterThan(before + 50);
      assertThat(registry.get("distdb.transactions.open").gauge().value()).isZero();
      client.checkpoint();
      assertThat(checkpoints.count()).isEqualTo(1);
    }
    registry.getMeters().forEach(meter -> meter.measure().forEach(value -> value.getValue()));
    assertThat(checkpoints.count()).isBetween(0.0, 1.0);
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.client;

import io.distdb.api.metrics.Metric;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.MeterRegistry;
import io.micrometer.core.instrument.Tag;
import io.micrometer.core.instrument.binder.MeterBinder;
import java.util.List;
import java.util.function.ToDoubleFunction;

/**
 * The metrics of a database for Micrometer, which needs {@code io.micrometer:micrometer-core} on
 * the class path: the rows of {@code distdb.metrics}, each named with {@code distdb.} before it.
 *
 * <pre>{@code new DistDbMetrics(client).bindTo(registry);}</pre>
 *
 * <p>Reading one costs what reading {@link Metric#value} does. They stay with the registry after
 * the client is closed, and tell what they told last, or 0. A program with several databases gives
 * each its own tags.
 */
public final class DistDbMetrics implements MeterBinder {
  private static final String PREFIX = "distdb.";

  private final Client client;
  private final List<Tag> tags;

  public DistDbMetrics(Client client) {
    this(client, List.of());
  }

  /**
   * @param tags of every metric
   */
  public DistDbMetrics(Client client, List<Tag> tags) {
    this.client = client;
    this.tags = List.copyOf(tags);
  }

  @Override
  public void bindTo(MeterRegistry registry) {
    client.metrics().forEach(metric -> bind(metric, registry));
  }

  /** The registry holds the client weakly, and with it what is told. */
  private void bind(Metric metric, MeterRegistry registry) {
    String name = PREFIX + metric.name();
    ToDoubleFunction<Client> value = of -> metric.value().getAsDouble();
    switch (metric.kind()) {
      case COUNTER ->
          FunctionCounter.builder(name, client, value)
              .baseUnit(metric.unit())
              .description(metric.description())
              .tags(tags)
              .register(registry);
      case GAUGE ->
          Gauge.builder(name, client, value)
              .baseUnit(metric.unit())
              .description(metric.description())
              .tags(tags)
              .register(registry);
    }
  }
}

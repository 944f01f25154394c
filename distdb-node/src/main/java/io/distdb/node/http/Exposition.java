// SPDX-License-Identifier: MIT
package io.distdb.node.http;

import io.distdb.api.metrics.Metric;
import io.distdb.sql.activity.StatementMetrics;
import io.micrometer.core.instrument.FunctionCounter;
import io.micrometer.core.instrument.Gauge;
import io.micrometer.core.instrument.binder.jvm.JvmMemoryMetrics;
import io.micrometer.core.instrument.binder.jvm.JvmThreadMetrics;
import io.micrometer.core.instrument.binder.system.FileDescriptorMetrics;
import io.micrometer.core.instrument.binder.system.ProcessorMetrics;
import io.micrometer.core.instrument.binder.system.UptimeMetrics;
import io.micrometer.prometheusmetrics.PrometheusConfig;
import io.micrometer.prometheusmetrics.PrometheusMeterRegistry;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;

/**
 * The metrics of a node and of its JVM as Prometheus reads them: those of {@code distdb.metrics},
 * each named {@code distdb_…}, and a histogram of statement times. Thread-safe.
 */
public final class Exposition {
  static final String CONTENT_TYPE = "text/plain; version=0.0.4; charset=utf-8";
  private static final String HISTOGRAM = "distdb_statement_seconds";

  private final PrometheusMeterRegistry registry =
      new PrometheusMeterRegistry(PrometheusConfig.DEFAULT);

  /** Counters hold theirs weakly. */
  private final List<Metric> kept = new CopyOnWriteArrayList<>();

  private volatile StatementMetrics statements;

  /** With those of the JVM. */
  public Exposition() {
    new JvmMemoryMetrics().bindTo(registry);
    new JvmThreadMetrics().bindTo(registry);
    new ProcessorMetrics().bindTo(registry);
    new FileDescriptorMetrics().bindTo(registry);
    new UptimeMetrics().bindTo(registry);
  }

  /** Tells these too. */
  public void add(List<Metric> metrics) {
    metrics.forEach(this::bind);
  }

  /** Tells the histogram of these too. */
  public void add(StatementMetrics measured) {
    statements = measured;
  }

  private void bind(Metric metric) {
    String name = "distdb." + metric.name();
    switch (metric.kind()) {
      case COUNTER ->
          FunctionCounter.builder(name, metric, of -> of.value().getAsDouble())
              .baseUnit(metric.unit())
              .description(metric.description())
              .register(registry);
      case GAUGE ->
          Gauge.builder(name, metric, of -> of.value().getAsDouble())
              .strongReference(true)
              .baseUnit(metric.unit())
              .description(metric.description())
              .register(registry);
    }
    kept.add(metric);
  }

  String text() {
    String text = registry.scrape();
    StatementMetrics measured = statements;
    return measured == null ? text : text + histogram(measured.histogram());
  }

  private static String histogram(StatementMetrics.Histogram histogram) {
    StringBuilder out = new StringBuilder();
    out.append("# HELP " + HISTOGRAM + " Time that statements took.\n");
    out.append("# TYPE " + HISTOGRAM + " histogram\n");
    long count = 0;
    for (StatementMetrics.Histogram.Bucket bucket : histogram.buckets()) {
      boolean last = Double.isInfinite(bucket.seconds());
      out.append(HISTOGRAM + "_bucket{le=\"")
          .append(last ? "+Inf" : Double.toString(bucket.seconds()))
          .append("\"} ")
          .append(bucket.count())
          .append('\n');
      count = bucket.count();
    }
    out.append(HISTOGRAM + "_sum ").append(histogram.sumSeconds()).append('\n');
    out.append(HISTOGRAM + "_count ").append(count).append('\n');
    return out.toString();
  }
}

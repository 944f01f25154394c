// SPDX-License-Identifier: MIT
package io.distdb.sql.live;

import io.distdb.api.metrics.Metric;
import io.distdb.api.type.SqlType;
import io.distdb.api.type.Value;
import io.distdb.sql.catalog.View;
import io.distdb.sql.function.Environment;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;

/** {@code distdb.metrics}: the numbers that the parts of this process keep of themselves. */
final class MetricsTable implements LiveTable {
  @Override
  public String schema() {
    return LiveTables.SCHEMA;
  }

  @Override
  public String name() {
    return "metrics";
  }

  @Override
  public List<View.Column> columns() {
    return List.of(
        new View.Column("name", SqlType.TEXT),
        new View.Column("kind", SqlType.TEXT),
        new View.Column("value", SqlType.DOUBLE_PRECISION),
        new View.Column("unit", SqlType.TEXT),
        new View.Column("description", SqlType.TEXT));
  }

  @Override
  public List<List<Value>> rows(Environment environment) {
    return environment.metrics().metrics().stream()
        .sorted(Comparator.comparing(Metric::name))
        .map(MetricsTable::row)
        .toList();
  }

  private static List<Value> row(Metric metric) {
    return List.of(
        Value.of(metric.name()),
        Value.of(metric.kind().name().toLowerCase(Locale.ROOT)),
        Value.of(metric.value().getAsDouble()),
        Value.of(metric.unit()),
        Value.of(metric.description()));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.BOOLEAN;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.TEXT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates. {@code count(*)} has no argument; {@code count} of a column is there for each type.
 * {@code sum(bigint)} is BIGINT here and overflows with 22003 (PostgreSQL: NUMERIC); {@code avg} of
 * integers, NUMERIC in PostgreSQL, waits for that type.
 */
final class Aggregates {
  static final List<AggregateFunction> ALL = all();

  private Aggregates() {}

  private static List<AggregateFunction> all() {
    List<AggregateFunction> all = new ArrayList<>();
    all.add(new AggregateFunction("count", List.of(), BIGINT));
    for (SqlType type : List.of(BOOLEAN, INTEGER, BIGINT, DOUBLE_PRECISION, TEXT)) {
      all.add(new AggregateFunction("count", List.of(type), BIGINT));
    }
    all.add(new AggregateFunction("sum", List.of(INTEGER), BIGINT));
    all.add(new AggregateFunction("sum", List.of(BIGINT), BIGINT));
    all.add(new AggregateFunction("sum", List.of(DOUBLE_PRECISION), DOUBLE_PRECISION));
    all.add(new AggregateFunction("avg", List.of(DOUBLE_PRECISION), DOUBLE_PRECISION));
    for (String name : List.of("min", "max")) {
      for (SqlType type : List.of(INTEGER, BIGINT, DOUBLE_PRECISION, TEXT)) {
        all.add(new AggregateFunction(name, List.of(type), type));
      }
    }
    all.addAll(LogicAggregates.ALL);
    all.addAll(StatisticalAggregates.ALL);
    all.addAll(OrderedAggregates.ALL);
    return List.copyOf(all);
  }
}

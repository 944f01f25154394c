// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.TEXT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/**
 * Aggregates to which the order of rows matters: {@code string_agg}, and those of WITHIN GROUP,
 * whose last argument is what is sorted by (PostgreSQL documentation, 9.21).
 */
public final class OrderedAggregates {
  private static final Set<String> ORDERED_SETS =
      Set.of("percentile_cont", "percentile_disc", "mode");

  private static final Set<String> SHOW_ORDER = Set.of("string_agg", "array_agg");

  static final List<AggregateFunction> ALL = all();

  private OrderedAggregates() {}

  private static List<AggregateFunction> all() {
    List<AggregateFunction> all = new ArrayList<>();
    all.add(new AggregateFunction("string_agg", List.of(TEXT, TEXT), TEXT));
    all.add(
        new AggregateFunction(
            "percentile_cont", List.of(DOUBLE_PRECISION, DOUBLE_PRECISION), DOUBLE_PRECISION));
    for (SqlType type : SqlType.Scalar.values()) {
      all.add(new AggregateFunction("percentile_disc", List.of(DOUBLE_PRECISION, type), type));
      all.add(new AggregateFunction("mode", List.of(type), type));
      all.add(new AggregateFunction("array_agg", List.of(type), new SqlType.Array(type)));
    }
    return List.copyOf(all);
  }

  /** Whether it is called with WITHIN GROUP. */
  public static boolean isOrderedSet(String name) {
    return ORDERED_SETS.contains(name);
  }

  /** Whether the order of its input shows in its result. */
  public static boolean showsOrder(String name) {
    return SHOW_ORDER.contains(name);
  }
}

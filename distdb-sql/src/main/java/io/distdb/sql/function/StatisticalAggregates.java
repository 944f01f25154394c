// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.NUMERIC;
import static io.distdb.api.type.SqlType.REAL;
import static io.distdb.api.type.SqlType.SMALLINT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Variances, correlations and lines through points (PostgreSQL documentation, table 9.61). */
final class StatisticalAggregates {
  static final List<AggregateFunction> ALL = all();

  private StatisticalAggregates() {}

  private static List<AggregateFunction> all() {
    List<AggregateFunction> all = new ArrayList<>();
    for (String name :
        List.of("variance", "var_samp", "var_pop", "stddev", "stddev_samp", "stddev_pop")) {
      all.add(new AggregateFunction(name, List.of(DOUBLE_PRECISION), DOUBLE_PRECISION));
      all.add(new AggregateFunction(name, List.of(REAL), DOUBLE_PRECISION));
      for (SqlType type : List.of(SMALLINT, INTEGER, BIGINT, NUMERIC)) {
        all.add(new AggregateFunction(name, List.of(type), NUMERIC));
      }
    }
    for (String name :
        List.of(
            "corr",
            "covar_pop",
            "covar_samp",
            "regr_avgx",
            "regr_avgy",
            "regr_intercept",
            "regr_r2",
            "regr_slope",
            "regr_sxx",
            "regr_sxy",
            "regr_syy")) {
      all.add(
          new AggregateFunction(
              name, List.of(DOUBLE_PRECISION, DOUBLE_PRECISION), DOUBLE_PRECISION));
    }
    all.add(
        new AggregateFunction("regr_count", List.of(DOUBLE_PRECISION, DOUBLE_PRECISION), BIGINT));
    return List.copyOf(all);
  }
}

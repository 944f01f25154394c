// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.DOUBLE_PRECISION;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.INTERVAL;
import static io.distdb.api.type.SqlType.NUMERIC;
import static io.distdb.api.type.SqlType.REAL;
import static io.distdb.api.type.SqlType.SMALLINT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/**
 * Aggregates. {@code count(*)} has no argument; {@code count} of a column is there for each type.
 */
final class Aggregates {
  static final List<AggregateFunction> ALL = all();

  private Aggregates() {}

  private static List<AggregateFunction> all() {
    List<AggregateFunction> all = new ArrayList<>();
    all.add(new AggregateFunction("count", List.of(), BIGINT));
    for (SqlType.Scalar type : SqlType.Scalar.values()) {
      all.add(new AggregateFunction("count", List.of(type), BIGINT));
    }
    addSums(all);
    for (String name : List.of("min", "max")) {
      for (SqlType.Scalar type : SqlType.Scalar.values()) {
        if (hasExtremes(type)) {
          all.add(new AggregateFunction(name, List.of(type), type));
        }
      }
    }
    all.addAll(LogicAggregates.ALL);
    all.addAll(StatisticalAggregates.ALL);
    all.addAll(OrderedAggregates.ALL);
    return List.copyOf(all);
  }

  private static void addSums(List<AggregateFunction> all) {
    all.add(new AggregateFunction("sum", List.of(SMALLINT), BIGINT));
    all.add(new AggregateFunction("sum", List.of(INTEGER), BIGINT));
    all.add(new AggregateFunction("sum", List.of(BIGINT), NUMERIC));
    all.add(new AggregateFunction("sum", List.of(NUMERIC), NUMERIC));
    all.add(new AggregateFunction("sum", List.of(REAL), REAL));
    all.add(new AggregateFunction("sum", List.of(DOUBLE_PRECISION), DOUBLE_PRECISION));
    all.add(new AggregateFunction("sum", List.of(INTERVAL), INTERVAL));
    for (SqlType type : List.of(SMALLINT, INTEGER, BIGINT, NUMERIC)) {
      all.add(new AggregateFunction("avg", List.of(type), NUMERIC));
    }
    all.add(new AggregateFunction("avg", List.of(REAL), DOUBLE_PRECISION));
    all.add(new AggregateFunction("avg", List.of(DOUBLE_PRECISION), DOUBLE_PRECISION));
    all.add(new AggregateFunction("avg", List.of(INTERVAL), INTERVAL));
  }

  /** PostgreSQL has none for these; a VARCHAR goes as TEXT. */
  private static boolean hasExtremes(SqlType.Scalar type) {
    return switch (type) {
      case BOOLEAN, BYTEA, UUID, VARCHAR, INTERNAL_CHAR, XID, ACLITEM, JSON, NODE_TREE -> false;
      case REGCLASS, REGTYPE, REGPROC, REGPROCEDURE, REGOPER, REGOPERATOR -> false;
      case REGNAMESPACE, REGROLE, REGCOLLATION, LSN, INET, ANYARRAY, NAME -> false;
      case SMALLINT, INTEGER, BIGINT, REAL, DOUBLE_PRECISION, NUMERIC, TEXT, CHAR -> true;
      case DATE, TIME, TIMESTAMP, TIMESTAMPTZ, INTERVAL, OID -> true;
    };
  }
}

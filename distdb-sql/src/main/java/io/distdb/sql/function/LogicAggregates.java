// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.BOOLEAN;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.SMALLINT;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Aggregates of truth values and of bits. */
final class LogicAggregates {
  static final List<AggregateFunction> ALL = all();

  private LogicAggregates() {}

  private static List<AggregateFunction> all() {
    List<AggregateFunction> all = new ArrayList<>();
    for (String name : List.of("bool_and", "bool_or", "every")) {
      all.add(new AggregateFunction(name, List.of(BOOLEAN), BOOLEAN));
    }
    for (String name : List.of("bit_and", "bit_or", "bit_xor")) {
      for (SqlType type : List.of(SMALLINT, INTEGER, BIGINT)) {
        all.add(new AggregateFunction(name, List.of(type), type));
      }
    }
    return List.copyOf(all);
  }
}

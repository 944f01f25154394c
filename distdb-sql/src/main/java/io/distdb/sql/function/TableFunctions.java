// SPDX-License-Identifier: MIT
package io.distdb.sql.function;

import static io.distdb.api.type.SqlType.BIGINT;
import static io.distdb.api.type.SqlType.INTEGER;
import static io.distdb.api.type.SqlType.INTERVAL;
import static io.distdb.api.type.SqlType.NUMERIC;
import static io.distdb.api.type.SqlType.TIMESTAMP;
import static io.distdb.api.type.SqlType.TIMESTAMPTZ;

import io.distdb.api.type.SqlType;
import java.util.ArrayList;
import java.util.List;

/** Functions that return rows (PostgreSQL documentation, 9.25). */
public final class TableFunctions {
  private static final List<TableFunction> ALL = all();

  private TableFunctions() {}

  private static List<TableFunction> all() {
    List<TableFunction> all = new ArrayList<>();
    for (SqlType type : List.of(INTEGER, BIGINT)) {
      all.add(new TableFunction("generate_series", List.of(type, type), type));
      all.add(new TableFunction("generate_series", List.of(type, type, type), type));
    }
    all.add(new TableFunction("generate_series", List.of(NUMERIC, NUMERIC), NUMERIC));
    all.add(new TableFunction("generate_series", List.of(NUMERIC, NUMERIC, NUMERIC), NUMERIC));
    for (SqlType type : List.of(TIMESTAMP, TIMESTAMPTZ)) {
      all.add(new TableFunction("generate_series", List.of(type, type, INTERVAL), type));
    }
    for (SqlType type : SqlType.Scalar.values()) {
      all.add(new TableFunction("unnest", List.of(new SqlType.Array(type)), type));
    }
    return List.copyOf(all);
  }

  /** Overloads of that name; empty when there is none. */
  public static List<TableFunction> named(String name) {
    return ALL.stream().filter(function -> function.name().equals(name)).toList();
  }
}

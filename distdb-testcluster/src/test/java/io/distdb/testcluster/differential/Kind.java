// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.List;

/** The types of generated expressions, by the name that all three databases know. */
enum Kind {
  INTEGER("INTEGER", List.of("0", "1", "2", "3", "5", "(-1)", "(-4)")),
  TEXT("VARCHAR(60)", List.of("'a'", "'b'", "'ab'", "''", "'abc'")),
  BOOLEAN("BOOLEAN", List.of("TRUE", "FALSE")),
  BIGINT("BIGINT", List.of("CAST(1 AS BIGINT)", "CAST(-3 AS BIGINT)", "4000000000")),
  NUMERIC("NUMERIC(12,2)", List.of("1.25", "0.50", "(-2.75)", "3.00")),
  DOUBLE(
      "DOUBLE PRECISION",
      List.of("CAST(0.5 AS DOUBLE PRECISION)", "CAST(-1.25 AS DOUBLE PRECISION)")),
  DATE("DATE", List.of("DATE '2024-01-01'", "DATE '2024-02-29'", "DATE '1999-12-31'")),
  TIMESTAMP(
      "TIMESTAMP", List.of("TIMESTAMP '2024-01-01 00:00:00'", "TIMESTAMP '2024-02-29 12:30:00'"));

  static final List<Kind> ALL = List.of(values());

  /** Those that the others of this list can be compared with. */
  static final List<Kind> NUMBERS = List.of(INTEGER, BIGINT, NUMERIC, DOUBLE);

  final String sqlName;
  final List<String> literals;

  Kind(String sqlName, List<String> literals) {
    this.sqlName = sqlName;
    this.literals = literals;
  }

  boolean isNumber() {
    return NUMBERS.contains(this);
  }
}

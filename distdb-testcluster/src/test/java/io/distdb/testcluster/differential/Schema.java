// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.testcluster.differential.Scope.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/**
 * The tables that generated queries read, with indexes of all kinds, and rows full of NULLs and
 * repeated values. Fractions are sums of powers of two, so that every order of adding them agrees.
 */
final class Schema {
  static final List<Table> TABLES =
      List.of(
          new Table("t1", true, columns("id", "a", "s", "f", "n")),
          new Table("t2", true, columns("id", "a", "b", "s", "d", "dt")),
          new Table("t3", false, columns("a", "s", "ts", "dt", "n", "f")));

  private static final int ROWS = 14;
  private static final int NULL_PERCENT = 18;

  /** The columns of primary keys and of indexes, in their order. */
  static final List<Key> KEYS =
      List.of(
          new Key("t1", List.of("id")),
          new Key("t1", List.of("a")),
          new Key("t1", List.of("s", "id")),
          new Key("t2", List.of("id")),
          new Key("t2", List.of("s", "a")),
          new Key("t2", List.of("b", "dt", "id")),
          new Key("t3", List.of("dt")),
          new Key("t3", List.of("a", "s", "f")));

  /** What rows of a table are found by. */
  record Key(String table, List<String> columns) {}

  /** A table; {@code hasKey}: its first column, id, is its primary key. */
  record Table(String name, boolean hasKey, List<Column> columns) {
    Column column(String sql) {
      return columns.stream().filter(c -> c.sql().equals(sql)).findFirst().orElseThrow();
    }
  }

  static Table table(String name) {
    return TABLES.stream().filter(t -> t.name().equals(name)).findFirst().orElseThrow();
  }

  private Schema() {}

  private static List<Column> columns(String... names) {
    List<Column> columns = new ArrayList<>();
    for (String name : names) {
      columns.add(new Column(name, kind(name)));
    }
    return List.copyOf(columns);
  }

  private static Kind kind(String name) {
    return switch (name) {
      case "id", "a" -> Kind.INTEGER;
      case "b" -> Kind.BIGINT;
      case "n" -> Kind.NUMERIC;
      case "d" -> Kind.DOUBLE;
      case "s" -> Kind.TEXT;
      case "f" -> Kind.BOOLEAN;
      case "dt" -> Kind.DATE;
      case "ts" -> Kind.TIMESTAMP;
      default -> throw new IllegalArgumentException(name);
    };
  }

  /** The statements that make it, the same for each database. */
  static List<String> statements() {
    SplittableRandom random = new SplittableRandom(20_240_229);
    List<String> statements = new ArrayList<>();
    for (Table table : TABLES) {
      List<String> columns = new ArrayList<>();
      for (Column column : table.columns()) {
        boolean isKey = table.hasKey() && column.sql().equals("id");
        columns.add(column.sql() + " " + column.kind().sqlName + (isKey ? " PRIMARY KEY" : ""));
      }
      statements.add("CREATE TABLE " + table.name() + " (" + String.join(", ", columns) + ")");
      for (int row = 1; row <= ROWS; row++) {
        statements.add(insert(table, row, random));
      }
    }
    return statements;
  }

  /** The indexes, for the databases that are to have some. */
  static List<String> indexes() {
    return List.of(
        "CREATE INDEX t1_a ON t1 (a)",
        "CREATE UNIQUE INDEX t1_s ON t1 (s, id)",
        "CREATE INDEX t2_s ON t2 (s, a)",
        "CREATE INDEX t2_b ON t2 (b DESC, dt, id)",
        "CREATE INDEX t3_dt ON t3 (dt)",
        "CREATE INDEX t3_a ON t3 (a, s DESC, f)");
  }

  private static String insert(Table table, int row, SplittableRandom random) {
    List<String> values = new ArrayList<>();
    for (Column column : table.columns()) {
      boolean isKey = table.hasKey() && column.sql().equals("id");
      values.add(isKey ? Integer.toString(row) : value(column.kind(), random));
    }
    return "INSERT INTO " + table.name() + " VALUES (" + String.join(", ", values) + ")";
  }

  private static String value(Kind kind, SplittableRandom random) {
    if (random.nextInt(100) < NULL_PERCENT) {
      return "NULL";
    }
    List<String> known = kind.literals;
    return kind == Kind.INTEGER && random.nextBoolean()
        ? Integer.toString(random.nextInt(1, ROWS))
        : known.get(random.nextInt(known.size()));
  }
}

// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.testcluster.differential.Scope.Column;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/**
 * Queries over one table that an index could answer: by its first columns, in its order, by its
 * ends, in its groups, from its entries alone; and some that it nearly could.
 */
final class IndexedQueryGenerator {
  private static final List<String> BOUNDS = List.of("=", "<", "<=", ">", ">=");

  private final Choices choices;
  private final Schema.Key key;
  private final Schema.Table table;

  private IndexedQueryGenerator(Choices choices) {
    this.choices = choices;
    key = choices.of(Schema.KEYS);
    table = Schema.table(key.table());
  }

  static GeneratedQuery generate(Choices choices) {
    return new IndexedQueryGenerator(choices).query();
  }

  private GeneratedQuery query() {
    List<Column> columns = new ArrayList<>();
    key.columns().forEach(name -> columns.add(table.column(name)));
    if (choices.chance(40)) {
      columns.add(choices.of(table.columns()));
    }
    List<String> names = columns.stream().map(Column::sql).distinct().toList();
    return switch (choices.below(4)) {
      case 0 -> ordered("SELECT " + String.join(", ", names) + from(), names);
      case 1 -> ends(names);
      case 2 -> groups(names.subList(0, 1 + choices.below(names.size())));
      default -> {
        List<String> some = names.subList(choices.below(names.size()), names.size());
        yield ordered("SELECT DISTINCT " + String.join(", ", some) + from(), some);
      }
    };
  }

  private GeneratedQuery ordered(String rows, List<String> keys) {
    if (choices.chance(20)) {
      return new GeneratedQuery(rows, false, true);
    }
    int style = choices.below(3);
    String order =
        keys.stream()
            .map(name -> name + direction(style))
            .collect(Collectors.joining(", ", " ORDER BY ", ""));
    String limit = choices.chance(60) ? " LIMIT " + (1 + choices.below(6)) : "";
    String offset = choices.chance(20) ? " OFFSET " + choices.below(4) : "";
    return new GeneratedQuery(rows + order + limit + offset, true, true);
  }

  /** As PostgreSQL's forward or backward walk over an index has it, or anything. */
  private String direction(int style) {
    return switch (style) {
      case 0 -> " NULLS LAST";
      case 1 -> " DESC NULLS FIRST";
      default -> choices.of(List.of(" NULLS LAST", " NULLS FIRST", " DESC NULLS LAST"));
    };
  }

  private GeneratedQuery ends(List<String> names) {
    List<String> calls = new ArrayList<>();
    for (int count = 1 + choices.below(2); count > 0; count--) {
      calls.add(choices.of(List.of("min(", "max(")) + choices.of(names) + ")");
    }
    boolean flags = calls.stream().anyMatch(call -> call.endsWith("(f)"));
    String list = flags ? "count(*)" : String.join(", ", calls);
    return new GeneratedQuery("SELECT " + list + from(), false, true);
  }

  private GeneratedQuery groups(List<String> keys) {
    String by = String.join(", ", keys);
    String counted = choices.of(table.columns()).sql();
    String rows =
        "SELECT "
            + by
            + ", count(*) AS c1, count(DISTINCT "
            + counted
            + ") AS c2"
            + from()
            + " GROUP BY "
            + by;
    return ordered(rows, keys);
  }

  /** FROM and WHERE. */
  private String from() {
    List<String> conditions = new ArrayList<>();
    for (String name : key.columns()) {
      if (choices.chance(45)) {
        conditions.add(condition(table.column(name)));
      }
    }
    if (choices.chance(15)) {
      conditions.add(condition(choices.of(table.columns())));
    }
    String where = conditions.isEmpty() ? "" : " WHERE " + String.join(" AND ", conditions);
    return " FROM " + table.name() + where;
  }

  private String condition(Column column) {
    List<String> literals = column.kind().literals;
    return switch (choices.below(6)) {
      case 0, 1 -> column.sql() + " = " + choices.of(literals);
      case 2 -> column.sql() + " " + choices.of(BOUNDS) + " " + choices.of(literals);
      case 3 ->
          column.sql()
              + " IN ("
              + choices.of(literals)
              + ", "
              + choices.of(literals)
              + ", "
              + choices.of(literals)
              + ")";
      case 4 -> column.sql() + " IS NOT NULL";
      default -> column.sql() + " IS NULL";
    };
  }
}

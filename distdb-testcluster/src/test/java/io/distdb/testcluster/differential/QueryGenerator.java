// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.testcluster.differential.FromGenerator.From;
import io.distdb.testcluster.differential.Scope.Column;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.IntStream;

/**
 * Whole queries, valid ones only: what is refused by PostgreSQL is never written. A query says
 * enough for one answer: LIMIT stands above a total order alone.
 */
final class QueryGenerator {
  private static final int DEPTH = 2;
  private static final List<String> SET_OPERATIONS =
      List.of("UNION ALL", "UNION", "INTERSECT", "EXCEPT", "INTERSECT ALL", "EXCEPT ALL");

  private final Draft draft;
  private final Choices choices;
  private final ExpressionGenerator expressions;
  private final AggregateGenerator aggregates;
  private final WindowGenerator windows;
  private final FromGenerator froms;
  private final List<CommonTable> commonTables = new ArrayList<>();

  /** A table of WITH, its columns c1, c2, ... */
  record CommonTable(String name, List<Kind> kinds) {}

  private QueryGenerator(Choices choices) {
    this.choices = choices;
    draft = new Draft(choices);
    expressions = new ExpressionGenerator(draft, this);
    aggregates = new AggregateGenerator(draft, expressions);
    windows = new WindowGenerator(draft, expressions, aggregates);
    froms = new FromGenerator(draft, this);
  }

  static GeneratedQuery generate(Choices choices) {
    return choices.chance(25)
        ? IndexedQueryGenerator.generate(choices)
        : new QueryGenerator(choices).query();
  }

  ExpressionGenerator expressions() {
    return expressions;
  }

  List<CommonTable> commonTables() {
    return commonTables;
  }

  /** One to three column types. */
  List<Kind> kinds() {
    List<Kind> kinds = new ArrayList<>();
    for (int count = 1 + choices.below(3); count > 0; count--) {
      kinds.add(choices.of(Kind.ALL));
    }
    return kinds;
  }

  private GeneratedQuery query() {
    String with = choices.chance(20) ? with() : "";
    List<Kind> kinds = kinds();
    String body = rows(kinds, Scope.EMPTY, DEPTH);
    boolean ordered = choices.chance(40);
    String sql = with + (ordered ? "SELECT * FROM (" + body + ") AS o" + order(kinds) : body);
    return new GeneratedQuery(sql, ordered, draft.isEverywhere());
  }

  private String with() {
    List<String> tables = new ArrayList<>();
    boolean recursive = choices.chance(25);
    if (recursive) {
      tables.add(
          draft.notInH2(
              "r (c1) AS (SELECT 1 UNION ALL SELECT c1 + "
                  + (1 + choices.below(3))
                  + " FROM r WHERE c1 < 6)"));
      commonTables.add(new CommonTable("r", List.of(Kind.INTEGER)));
    }
    for (int count = 1 + choices.below(2); count > 0; count--) {
      List<Kind> kinds = kinds();
      String name = "w" + count;
      String how = choices.chance(25) ? draft.notInH2("MATERIALIZED ") : "";
      tables.add(
          name
              + " ("
              + names(kinds.size())
              + ") AS "
              + how
              + "("
              + rows(kinds, Scope.EMPTY, DEPTH - 1)
              + ")");
      commonTables.add(new CommonTable(name, kinds));
    }
    return (recursive ? "WITH RECURSIVE " : "WITH ") + String.join(", ", tables) + " ";
  }

  private static String names(int count) {
    return IntStream.rangeClosed(1, count).mapToObj(i -> "c" + i).collect(Collectors.joining(", "));
  }

  /** All columns in some order, and perhaps a LIMIT. */
  private String order(List<Kind> kinds) {
    List<String> keys = new ArrayList<>();
    for (int i = 1; i <= kinds.size(); i++) {
      String direction = choices.of(List.of("", " DESC"));
      keys.add(i + direction + choices.of(List.of(" NULLS LAST", " NULLS FIRST")));
    }
    Collections.rotate(keys, choices.below(keys.size()));
    String limit = choices.chance(50) ? " LIMIT " + (1 + choices.below(6)) : "";
    String offset = choices.chance(20) ? " OFFSET " + choices.below(4) : "";
    return " ORDER BY " + String.join(", ", keys) + limit + offset;
  }

  /** A query with columns c1, c2, ... of {@code kinds}, in no order. */
  String rows(List<Kind> kinds, Scope outer, int depth) {
    Optional<Scope> around = outer.columns().isEmpty() ? Optional.empty() : Optional.of(outer);
    return switch (choices.below(depth > 0 ? 13 : 4)) {
      case 0, 1, 2, 4, 5 -> plain(kinds, around, depth, choices.of(List.of("", "", "DISTINCT ")));
      case 3, 6, 7 -> grouped(kinds, around, depth);
      case 8 -> windowed(kinds, around, depth);
      case 9 -> setOperation(kinds, outer, depth);
      case 10 -> limited(kinds, outer, depth);
      case 11 -> distinctOn(kinds, around, depth);
      default -> values(kinds);
    };
  }

  private String where(Scope scope, int depth) {
    return choices.chance(70) ? " WHERE " + expressions.predicate(scope, depth) : "";
  }

  private String plain(List<Kind> kinds, Optional<Scope> outer, int depth, String distinct) {
    From from = froms.from(outer, depth);
    List<String> columns =
        kinds.stream().map(kind -> expressions.of(kind, from.scope(), depth)).toList();
    return "SELECT "
        + distinct
        + named(columns)
        + " FROM "
        + from.sql()
        + where(from.scope(), depth);
  }

  private static String named(List<String> columns) {
    List<String> named = new ArrayList<>();
    for (String column : columns) {
      named.add(column + " AS c" + (named.size() + 1));
    }
    return String.join(", ", named);
  }

  private String windowed(List<Kind> kinds, Optional<Scope> outer, int depth) {
    From from = froms.from(outer, depth);
    List<String> columns =
        kinds.stream()
            .map(kind ->
                choices.chance(70)
                    ? windows.call(kind, from.scope())
                    : expressions.of(kind, from.scope(), 1))
            .toList();
    return "SELECT " + named(columns) + " FROM " + from.sql() + where(from.scope(), depth);
  }

  private String grouped(List<Kind> kinds, Optional<Scope> outer, int depth) {
    From from = froms.from(outer, depth);
    List<Column> keys = expressions.keys(from.scope(), choices.below(3));
    List<Column> plain = new ArrayList<>(keys);
    plain.retainAll(from.scope().columns());
    boolean sets = keys.size() > 1 && choices.chance(12);
    Scope grouped = new Scope(sets ? List.of() : plain, outer, List.of());
    List<String> columns = new ArrayList<>();
    for (Kind kind : kinds) {
      Optional<Column> key = keys.stream().filter(k -> k.kind() == kind).findFirst();
      columns.add(
          switch (choices.below(4)) {
            case 0, 1 -> key.map(Column::sql).orElseGet(() -> aggregates.call(kind, from.scope()));
            case 2 -> aggregates.call(kind, from.scope());
            default ->
                grouped.columns().isEmpty()
                    ? aggregates.call(kind, from.scope())
                    : expressions.of(kind, grouped, depth);
          });
    }
    String having = choices.chance(25) ? " HAVING " + aggregates.having(from.scope()) : "";
    return "SELECT "
        + named(columns)
        + " FROM "
        + from.sql()
        + where(from.scope(), depth)
        + groupBy(keys, sets)
        + having;
  }

  private String groupBy(List<Column> keys, boolean sets) {
    if (keys.isEmpty()) {
      return "";
    }
    String list = keys.stream().map(Column::sql).collect(Collectors.joining(", "));
    return sets
        ? draft.notInH2(" GROUP BY " + choices.of(List.of("ROLLUP", "CUBE")) + " (" + list + ")")
        : " GROUP BY " + list;
  }

  /** Of one row always. */
  String oneRow(Kind kind, Scope scope, int depth) {
    Optional<Scope> outer = scope.columns().isEmpty() ? Optional.empty() : Optional.of(scope);
    From from = froms.from(outer, depth);
    String value = aggregates.call(kind, from.scope());
    return "SELECT " + value + " FROM " + from.sql() + where(from.scope(), Math.max(0, depth - 1));
  }

  private String setOperation(List<Kind> kinds, Scope outer, int depth) {
    String operation = choices.of(SET_OPERATIONS);
    String left = typed(kinds, outer, depth - 1);
    String right = typed(kinds, outer, depth - 1);
    String known = isAsInH2(operation, right) ? operation : draft.notInH2(operation);
    return "(" + left + ") " + known + " (" + right + ")";
  }

  /** H2 2.x leaves the duplicates of a right side with LIMIT in an INTERSECT. */
  private static boolean isAsInH2(String operation, String right) {
    return switch (operation) {
      case "INTERSECT ALL", "EXCEPT ALL" -> false;
      case "INTERSECT" -> !right.contains(" LIMIT ");
      default -> true;
    };
  }

  /** Its columns are cast, so that both sides of a set operation have one type. */
  private String typed(List<Kind> kinds, Scope outer, int depth) {
    String alias = draft.alias();
    List<String> columns = new ArrayList<>();
    for (int i = 0; i < kinds.size(); i++) {
      columns.add("CAST(" + alias + ".c" + (i + 1) + " AS " + kinds.get(i).sqlName + ")");
    }
    if (choices.chance(60)) {
      return rows(kinds, outer, depth);
    }
    return "SELECT "
        + named(columns)
        + " FROM ("
        + rows(kinds, Scope.EMPTY, depth)
        + ") AS "
        + alias;
  }

  private String limited(List<Kind> kinds, Scope outer, int depth) {
    String alias = draft.alias();
    String rows = rows(kinds, outer, depth - 1);
    String columns = names(kinds.size());
    return "SELECT " + columns + " FROM (" + rows + ") AS " + alias + order(kinds);
  }

  private String distinctOn(List<Kind> kinds, Optional<Scope> outer, int depth) {
    From from = froms.from(outer, depth);
    Column key = choices.of(from.scope().columns());
    List<String> columns =
        kinds.stream().map(kind -> expressions.of(kind, from.scope(), 1)).toList();
    String sql =
        "SELECT DISTINCT ON ("
            + key.sql()
            + ") "
            + named(columns)
            + " FROM "
            + from.sql()
            + where(from.scope(), depth)
            + " ORDER BY "
            + key.sql()
            + ", "
            + names(kinds.size());
    return "SELECT * FROM (" + draft.notInH2(sql) + ") AS " + draft.alias();
  }

  private String values(List<Kind> kinds) {
    List<String> rows = new ArrayList<>();
    for (int count = 1 + choices.below(3); count > 0; count--) {
      rows.add(
          "(" + kinds.stream().map(expressions::literal).collect(Collectors.joining(", ")) + ")");
    }
    String columns = names(kinds.size());
    return "SELECT "
        + columns
        + " FROM (VALUES "
        + String.join(", ", rows)
        + ") AS "
        + draft.alias()
        + " ("
        + columns
        + ")";
  }
}

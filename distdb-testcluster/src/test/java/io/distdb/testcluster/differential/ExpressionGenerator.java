// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import io.distdb.testcluster.differential.Scope.Column;
import java.util.ArrayList;
import java.util.List;

/** Expressions of a wanted type over a scope. With depth 0 only columns and literals. */
final class ExpressionGenerator {
  private static final int OUTER_PERCENT = 35;
  private static final int NULL_PERCENT = 4;

  private final Draft draft;
  private final Choices choices;
  private final PredicateGenerator predicates;
  private final QueryGenerator queries;

  ExpressionGenerator(Draft draft, QueryGenerator queries) {
    this.draft = draft;
    this.queries = queries;
    choices = draft.choices();
    predicates = new PredicateGenerator(draft, this, queries);
  }

  String predicate(Scope scope, int depth) {
    return predicates.predicate(scope, depth);
  }

  String of(Kind kind, Scope scope, int depth) {
    if (depth <= 0) {
      return leaf(kind, scope);
    }
    return switch (choices.below(8)) {
      case 0, 1 -> leaf(kind, scope);
      case 2, 3, 4 -> operation(kind, scope, depth - 1);
      case 5 -> conditional(kind, scope, depth - 1);
      case 6 -> common(kind, scope, depth - 1);
      default -> "(" + queries.oneRow(kind, scope, depth - 1) + ")";
    };
  }

  /** A column if there is one of this kind, of the outer query now and then. */
  String leaf(Kind kind, Scope scope) {
    List<String> own = scope.of(kind);
    List<String> outer = scope.outer().map(around -> around.of(kind)).orElseGet(List::of);
    if (!outer.isEmpty() && choices.chance(OUTER_PERCENT)) {
      return choices.of(outer);
    }
    if (!own.isEmpty() && !choices.chance(20)) {
      return choices.of(own);
    }
    return literal(kind);
  }

  String literal(Kind kind) {
    return choices.chance(NULL_PERCENT)
        ? "CAST(NULL AS " + kind.sqlName + ")"
        : choices.of(kind.literals);
  }

  private String operation(Kind kind, Scope scope, int depth) {
    return switch (kind) {
      case INTEGER -> integer(scope, depth);
      case BIGINT -> bigint(scope, depth);
      case NUMERIC -> numeric(scope, depth);
      case DOUBLE -> fraction(scope, depth);
      case TEXT -> text(scope, depth);
      case BOOLEAN -> "(" + predicate(scope, depth) + ")";
      case DATE ->
          switch (choices.below(3)) {
            case 0 -> "CAST(" + of(Kind.TIMESTAMP, scope, depth) + " AS DATE)";
            case 1 -> draft.notInH2("(" + of(Kind.DATE, scope, depth) + " + 3)");
            default ->
                draft.notInH2(
                    "CAST((" + of(Kind.DATE, scope, depth) + " - INTERVAL '1 month') AS DATE)");
          };
      case TIMESTAMP ->
          choices.chance(30)
              ? draft.notInH2("(" + of(kind, scope, depth) + " + INTERVAL '1 day 02:30:00')")
              : "CAST(" + of(Kind.DATE, scope, depth) + " AS TIMESTAMP)";
    };
  }

  private String integer(Scope scope, int depth) {
    String one = of(Kind.INTEGER, scope, depth);
    return switch (choices.below(9)) {
      case 0 -> "(" + one + " + " + of(Kind.INTEGER, scope, depth) + ")";
      case 1 -> "(" + one + " - " + of(Kind.INTEGER, scope, depth) + ")";
      case 2 -> "(" + one + " * 3)";
      case 3 -> "(" + one + " / 2)";
      case 4 -> "(" + one + " % 3)";
      case 5 -> "abs(" + one + ")";
      case 6 -> "(-" + one + ")";
      case 7 -> "length(" + of(Kind.TEXT, scope, depth) + ")";
      default -> "CAST(EXTRACT(DAY FROM " + of(Kind.DATE, scope, depth) + ") AS INTEGER)";
    };
  }

  private String bigint(Scope scope, int depth) {
    return switch (choices.below(4)) {
      case 0 -> "CAST(" + of(Kind.INTEGER, scope, depth) + " AS BIGINT)";
      case 1 -> "(" + of(Kind.BIGINT, scope, depth) + " + " + of(Kind.INTEGER, scope, depth) + ")";
      case 2 -> "(" + of(Kind.BIGINT, scope, depth) + " - " + of(Kind.BIGINT, scope, depth) + ")";
      default -> "(" + of(Kind.BIGINT, scope, depth) + " / 7)";
    };
  }

  private String numeric(Scope scope, int depth) {
    return switch (choices.below(5)) {
      case 0 -> "CAST(" + of(Kind.INTEGER, scope, depth) + " AS NUMERIC(12,2))";
      case 1 -> "(" + of(Kind.NUMERIC, scope, depth) + " + " + of(Kind.NUMERIC, scope, depth) + ")";
      case 2 -> "(" + of(Kind.NUMERIC, scope, depth) + " * " + literal(Kind.NUMERIC) + ")";
      case 3 -> "(" + of(Kind.NUMERIC, scope, depth) + " - " + of(Kind.INTEGER, scope, depth) + ")";
      default -> "round(" + of(Kind.NUMERIC, scope, depth) + ", 1)";
    };
  }

  private String fraction(Scope scope, int depth) {
    return switch (choices.below(3)) {
      case 0 -> "(" + of(Kind.DOUBLE, scope, depth) + " + " + of(Kind.DOUBLE, scope, depth) + ")";
      case 1 -> "(" + of(Kind.DOUBLE, scope, depth) + " * " + of(Kind.INTEGER, scope, depth) + ")";
      default -> "CAST(" + of(Kind.INTEGER, scope, depth) + " AS DOUBLE PRECISION)";
    };
  }

  private String text(Scope scope, int depth) {
    String one = of(Kind.TEXT, scope, depth);
    return switch (choices.below(6)) {
      case 0 -> "(" + one + " || " + of(Kind.TEXT, scope, depth) + ")";
      case 1 -> "upper(" + one + ")";
      case 2 -> "lower(" + one + ")";
      case 3 -> "substring(" + one + " FROM 1 FOR 2)";
      case 4 -> "replace(" + one + ", 'a', 'bb')";
      default -> "CAST(" + of(Kind.INTEGER, scope, depth) + " AS VARCHAR(60))";
    };
  }

  private String conditional(Kind kind, Scope scope, int depth) {
    String then = of(kind, scope, depth);
    String otherwise = choices.chance(70) ? " ELSE " + of(kind, scope, depth) : "";
    return "CASE WHEN " + predicate(scope, depth) + " THEN " + then + otherwise + " END";
  }

  private String common(Kind kind, Scope scope, int depth) {
    String one = of(kind, scope, depth);
    String other = of(kind, scope, depth);
    return switch (choices.below(3)) {
      case 0 -> "coalesce(" + one + ", " + other + ")";
      case 1 -> "nullif(" + one + ", " + other + ")";
      default ->
          draft.notInH2((choices.chance(50) ? "greatest(" : "least(") + one + ", " + other + ")");
    };
  }

  /** What GROUP BY and PARTITION BY are given: a column, or something made of one. */
  Column key(Scope scope) {
    List<Column> own = scope.columns();
    Column column = choices.of(own);
    boolean made = choices.chance(30);
    if (made && column.kind() == Kind.INTEGER) {
      return new Column("(" + column.sql() + " % 3)", Kind.INTEGER);
    }
    return made && column.kind() == Kind.TEXT
        ? new Column("upper(" + column.sql() + ")", Kind.TEXT)
        : column;
  }

  /** {@code count} keys, all different. */
  List<Column> keys(Scope scope, int count) {
    List<Column> keys = new ArrayList<>();
    for (int i = 0; i < count; i++) {
      Column key = key(scope);
      if (!keys.contains(key)) {
        keys.add(key);
      }
    }
    return keys;
  }
}

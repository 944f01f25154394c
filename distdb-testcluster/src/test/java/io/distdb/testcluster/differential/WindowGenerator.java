// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.List;
import java.util.stream.Collectors;

/** Window calls whose answer does not depend on an order that the query leaves open. */
final class WindowGenerator {
  private static final List<String> FRAMES =
      List.of(
          "ROWS BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          "ROWS BETWEEN 1 PRECEDING AND 1 FOLLOWING",
          "ROWS BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING",
          "ROWS BETWEEN 2 FOLLOWING AND 4 FOLLOWING");
  private static final List<String> RANGES =
      List.of(
          "RANGE BETWEEN UNBOUNDED PRECEDING AND CURRENT ROW",
          "RANGE BETWEEN 1 PRECEDING AND 2 FOLLOWING",
          "RANGE BETWEEN CURRENT ROW AND UNBOUNDED FOLLOWING");

  private final Choices choices;
  private final ExpressionGenerator expressions;
  private final AggregateGenerator aggregates;

  WindowGenerator(Draft draft, ExpressionGenerator expressions, AggregateGenerator aggregates) {
    this.expressions = expressions;
    this.aggregates = aggregates;
    choices = draft.choices();
  }

  String call(Kind kind, Scope scope) {
    Scope own = scope.alone();
    boolean keyed = !scope.keys().isEmpty();
    if (keyed && choices.chance(35)) {
      return ordered(kind, own);
    }
    if (kind == Kind.BIGINT && choices.chance(50)) {
      String rank = choices.of(List.of("rank()", "dense_rank()"));
      return rank + " OVER (" + partition(own) + "ORDER BY " + peers(own) + ")";
    }
    String call = aggregates.windowed(kind, own);
    return switch (choices.below(3)) {
      case 0 -> call + " OVER (" + partition(own).strip() + ")";
      case 1 -> call + " OVER (" + partition(own) + "ORDER BY " + peers(own) + ")";
      default ->
          call
              + " OVER ("
              + partition(own)
              + "ORDER BY "
              + number(own)
              + " "
              + choices.of(RANGES)
              + ")";
    };
  }

  /** What looks at single rows needs an order in which no two are equal. */
  private String ordered(Kind kind, Scope scope) {
    String order = partition(scope) + "ORDER BY " + total(scope);
    String leaf = expressions.leaf(kind, scope);
    String value = kind == Kind.TEXT ? "CAST(" + leaf + " AS VARCHAR(60))" : leaf;
    return switch (choices.below(5)) {
      case 0 -> "lag(" + value + ") OVER (" + order + ")";
      case 1 -> "lead(" + value + ", 2) OVER (" + order + ")";
      case 2 -> "first_value(" + value + ") OVER (" + order + ")";
      case 3 ->
          kind == Kind.BIGINT
              ? "row_number() OVER (" + order + ")"
              : "last_value(" + value + ") OVER (" + order + ")";
      default ->
          aggregates.windowed(kind, scope) + " OVER (" + order + " " + choices.of(FRAMES) + ")";
    };
  }

  private String total(Scope scope) {
    String direction = choices.of(List.of(" ASC NULLS LAST", " DESC NULLS LAST"));
    return scope.keys().stream().map(key -> key + direction).collect(Collectors.joining(", "));
  }

  private String partition(Scope scope) {
    return choices.chance(50) ? "PARTITION BY " + expressions.key(scope).sql() + " " : "";
  }

  private String peers(Scope scope) {
    return expressions.key(scope).sql() + choices.of(List.of(" NULLS FIRST", " DESC NULLS LAST"));
  }

  private String number(Scope scope) {
    List<String> numbers = scope.of(Kind.INTEGER);
    return (numbers.isEmpty() ? "CAST(1 AS INTEGER)" : choices.of(numbers)) + " NULLS LAST";
  }
}

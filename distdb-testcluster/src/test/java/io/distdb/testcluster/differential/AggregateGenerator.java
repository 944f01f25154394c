// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.List;

/** Calls of aggregate functions, over a query's own rows alone. */
final class AggregateGenerator {
  private final Draft draft;
  private final Choices choices;
  private final ExpressionGenerator expressions;

  AggregateGenerator(Draft draft, ExpressionGenerator expressions) {
    this.draft = draft;
    this.expressions = expressions;
    choices = draft.choices();
  }

  /** A call whose result is of {@code kind}. */
  String call(Kind kind, Scope scope) {
    return bare(kind, scope, true) + filter(scope);
  }

  /** As {@link #call}, for OVER: without DISTINCT and FILTER. */
  String windowed(Kind kind, Scope scope) {
    return bare(kind, scope, false);
  }

  /** H2 reads the least and the greatest from an index, FILTER or not. */
  private String filter(Scope scope) {
    return choices.chance(15)
        ? draft.notInH2(" FILTER (WHERE " + expressions.predicate(scope.alone(), 0) + ")")
        : "";
  }

  private String bare(Kind kind, Scope scope, boolean mayBeDistinct) {
    return switch (kind) {
      case INTEGER, DATE, TIMESTAMP -> extreme(kind, scope);
      case TEXT -> choices.chance(15) && mayBeDistinct ? joined(scope) : extreme(kind, scope);
      case BIGINT -> bigint(scope, mayBeDistinct);
      case NUMERIC ->
          switch (choices.below(3)) {
            case 0 -> sum(Kind.NUMERIC, scope, mayBeDistinct);
            case 1 -> sum(Kind.BIGINT, scope, mayBeDistinct);
            default -> extreme(kind, scope);
          };
      case DOUBLE ->
          choices.chance(50) ? sum(Kind.DOUBLE, scope, mayBeDistinct) : extreme(kind, scope);
      case BOOLEAN ->
          (choices.chance(50) ? "bool_and(" : "bool_or(") + argument(Kind.BOOLEAN, scope) + ")";
    };
  }

  private String argument(Kind kind, Scope scope) {
    return expressions.leaf(kind, scope.alone());
  }

  private String extreme(Kind kind, Scope scope) {
    return (choices.chance(50) ? "max(" : "min(") + argument(kind, scope) + ")";
  }

  private String sum(Kind kind, Scope scope, boolean mayBeDistinct) {
    return "sum(" + distinct(mayBeDistinct) + argument(kind, scope) + ")";
  }

  private String bigint(Scope scope, boolean mayBeDistinct) {
    return switch (choices.below(3)) {
      case 0 -> "count(*)";
      case 1 -> "count(" + distinct(mayBeDistinct) + argument(choices.of(Kind.ALL), scope) + ")";
      default -> sum(Kind.INTEGER, scope, mayBeDistinct);
    };
  }

  private String distinct(boolean mayBeDistinct) {
    return mayBeDistinct && choices.chance(20) ? "DISTINCT " : "";
  }

  private String joined(Scope scope) {
    String value = argument(Kind.TEXT, scope);
    return draft.notInH2("string_agg(" + value + ", ',' ORDER BY " + value + ")");
  }

  /** A condition on a group. */
  String having(Scope scope) {
    Kind kind = choices.of(Kind.ALL);
    return switch (choices.below(3)) {
      case 0 -> "count(*) > 1";
      case 1 -> call(kind, scope) + choices.of(List.of(" IS NULL", " IS NOT NULL"));
      default ->
          call(kind, scope) + choices.of(List.of(" = ", " < ", " >= ")) + expressions.literal(kind);
    };
  }
}

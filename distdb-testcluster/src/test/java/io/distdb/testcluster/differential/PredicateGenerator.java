// SPDX-License-Identifier: MIT
package io.distdb.testcluster.differential;

import java.util.List;

/** Conditions over a scope, with and without subqueries. */
final class PredicateGenerator {
  private static final List<String> COMPARISONS = List.of("=", "<", "<=", ">", ">=", "<>");
  private static final List<String> PATTERNS = List.of("'a%'", "'%b'", "'_'", "'%'", "'a_c'");
  private static final List<String> TESTS =
      List.of("TRUE", "NOT TRUE", "FALSE", "NOT FALSE", "UNKNOWN", "NOT UNKNOWN");

  private final Draft draft;
  private final Choices choices;
  private final ExpressionGenerator expressions;
  private final QueryGenerator queries;

  PredicateGenerator(Draft draft, ExpressionGenerator expressions, QueryGenerator queries) {
    this.draft = draft;
    this.expressions = expressions;
    this.queries = queries;
    choices = draft.choices();
  }

  String predicate(Scope scope, int depth) {
    int kinds = depth > 0 ? 14 : 5;
    return switch (choices.below(kinds)) {
      case 0, 1 -> comparison(scope, depth);
      case 2 -> isNull(scope, depth);
      case 3 -> list(scope, depth);
      case 4 -> like(scope, depth);
      case 5 -> "(" + predicate(scope, depth - 1) + " AND " + predicate(scope, depth - 1) + ")";
      case 6 -> "(" + predicate(scope, depth - 1) + " OR " + predicate(scope, depth - 1) + ")";
      case 7 -> "(NOT " + predicate(scope, depth - 1) + ")";
      case 8 -> between(scope, depth);
      case 9 -> exists(scope, depth);
      case 10, 11 -> in(scope, depth);
      case 12 -> quantified(scope, depth);
      default -> "((" + predicate(scope, depth - 1) + ") IS " + choices.of(TESTS) + ")";
    };
  }

  private Kind kind() {
    return choices.of(Kind.ALL);
  }

  private String comparison(Scope scope, int depth) {
    Kind left = kind();
    Kind right = left.isNumber() && choices.chance(25) ? choices.of(Kind.NUMBERS) : left;
    String operator =
        choices.chance(12)
            ? choices.chance(50) ? "IS DISTINCT FROM" : "IS NOT DISTINCT FROM"
            : choices.of(COMPARISONS);
    return "("
        + expressions.of(left, scope, depth - 1)
        + " "
        + operator
        + " "
        + expressions.of(right, scope, depth - 1)
        + ")";
  }

  private String isNull(Scope scope, int depth) {
    String not = choices.chance(50) ? "NOT " : "";
    return "(" + expressions.of(kind(), scope, depth - 1) + " IS " + not + "NULL)";
  }

  private String list(Scope scope, int depth) {
    Kind kind = kind();
    StringBuilder list = new StringBuilder(expressions.literal(kind));
    for (int more = choices.below(3); more > 0; more--) {
      list.append(", ").append(expressions.leaf(kind, scope));
    }
    return "(" + expressions.of(kind, scope, depth - 1) + not() + " IN (" + list + "))";
  }

  private String not() {
    return choices.chance(40) ? " NOT" : "";
  }

  private String like(Scope scope, int depth) {
    return "("
        + expressions.of(Kind.TEXT, scope, depth - 1)
        + not()
        + " LIKE "
        + choices.of(PATTERNS)
        + ")";
  }

  private String between(Scope scope, int depth) {
    Kind kind = kind();
    return "("
        + expressions.of(kind, scope, depth - 1)
        + not()
        + " BETWEEN "
        + expressions.leaf(kind, scope)
        + " AND "
        + expressions.of(kind, scope, depth - 1)
        + ")";
  }

  private String exists(Scope scope, int depth) {
    String not = choices.chance(40) ? "NOT " : "";
    return "(" + not + "EXISTS (" + queries.rows(List.of(kind()), scope, depth - 1) + "))";
  }

  private String in(Scope scope, int depth) {
    Kind kind = kind();
    if (choices.chance(15)) {
      Kind second = kind();
      return draft.notInH2(
          "(("
              + expressions.of(kind, scope, depth - 1)
              + ", "
              + expressions.leaf(second, scope)
              + ")"
              + not()
              + " IN ("
              + queries.rows(List.of(kind, second), scope, depth - 1)
              + "))");
    }
    return "("
        + expressions.of(kind, scope, depth - 1)
        + not()
        + " IN ("
        + queries.rows(List.of(kind), scope, depth - 1)
        + "))";
  }

  /** H2 2.x finds no row for {@code = ALL} of no rows where it looks the column up (seed 19264). */
  private String quantified(Scope scope, int depth) {
    Kind kind = kind();
    String left = expressions.of(kind, scope, depth - 1);
    String operator = choices.of(COMPARISONS);
    boolean all = choices.chance(50);
    String rows = queries.rows(List.of(kind), scope, depth - 1);
    String sql = "(" + left + " " + operator + (all ? " ALL (" : " ANY (") + rows + "))";
    return all && operator.equals("=") ? draft.notInH2(sql) : sql;
  }
}
